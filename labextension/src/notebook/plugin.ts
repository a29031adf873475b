// Follows the notebook in front and hosts the right panel.

import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from '../commands';
import { notebookPanelIcon } from '../icons';
import { Text } from '../text';
import { CurrentNotebook } from './current';
import { OpenDocuments } from './open';
import { NotebookSidebar } from './panel';
import { ICurrentNotebook, INotebookPanel, IOpenDocuments } from './tokens';

export const currentNotebookPlugin: JupyterFrontEndPlugin<ICurrentNotebook> = {
  id: 'mlnb-lab:current-notebook',
  description: 'Follows the notebook in front.',
  autoStart: true,
  requires: [INotebookTracker, IDocumentManager],
  provides: ICurrentNotebook,
  activate: (
    _app: JupyterFrontEnd,
    tracker: INotebookTracker,
    documents: IDocumentManager
  ): ICurrentNotebook => new CurrentNotebook({ tracker, documents })
};

export const openDocumentsPlugin: JupyterFrontEndPlugin<IOpenDocuments> = {
  id: 'mlnb-lab:open-documents',
  description: 'Keeps what is open as its file is, when the server moves or writes it.',
  autoStart: true,
  requires: [IDocumentManager],
  provides: IOpenDocuments,
  activate: (app: JupyterFrontEnd, documents: IDocumentManager): IOpenDocuments =>
    new OpenDocuments({
      contents: app.serviceManager.contents,
      contexts: () =>
        [...app.shell.widgets('main')].flatMap(widget => documents.contextForWidget(widget) ?? []),
      close: path => documents.closeFile(path)
    })
};

export const notebookPanelPlugin: JupyterFrontEndPlugin<INotebookPanel> = {
  id: 'mlnb-lab:notebook-panel',
  description: 'The right panel about the notebook in front.',
  autoStart: true,
  requires: [ITranslator],
  optional: [IStateDB, ILayoutRestorer, ICommandPalette],
  provides: INotebookPanel,
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator,
    state: IStateDB | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ): INotebookPanel => {
    const text = new Text(translator);
    const { trans } = text;
    const panel = new NotebookSidebar({ text, state, activate: id => app.shell.activateById(id) });
    app.shell.add(panel, 'right', { rank: 510, type: 'ML notebooks' });
    restorer?.add(panel, panel.id);
    app.commands.addCommand(CommandIDs.showNotebook, {
      label: trans.__('Show Notebook Panel'),
      caption: trans.__('Problems, runs and promotion of the open notebook'),
      icon: notebookPanelIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => panel.reveal()
    });
    palette?.addItem({ command: CommandIDs.showNotebook, category: trans.__('ML Notebooks') });
    return panel;
  }
};
