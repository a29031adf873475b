// Hosts the left panel and keeps an eye on which project it is about.

import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator } from '@jupyterlab/translation';
import { IClient } from '../api/tokens';
import { CommandIDs } from '../commands';
import { experimentsIcon } from '../icons';
import { ICurrentNotebook } from '../notebook/tokens';
import { Text } from '../text';
import { ProjectModel } from './model';
import { ExperimentsPanel } from './panel';
import { IExperimentsPanel } from './tokens';

export const experimentsPanelPlugin: JupyterFrontEndPlugin<IExperimentsPanel> = {
  id: 'mlnb-lab:experiments-panel',
  description: 'The left panel with search and datasets.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, ITranslator],
  optional: [IDefaultFileBrowser, ILayoutRestorer, ICommandPalette],
  provides: IExperimentsPanel,
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    translator: ITranslator,
    browser: IDefaultFileBrowser | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ): IExperimentsPanel => {
    const text = new Text(translator);
    const { trans } = text;
    const folder = (): string => (browser ? app.serviceManager.contents.localPath(browser.model.path) : '');
    const project = new ProjectModel({ client, where: () => notebook.path ?? folder() });
    const panel = new ExperimentsPanel({ project, text, activate: id => app.shell.activateById(id) });

    notebook.changed.connect(panel.refresh, panel);
    notebook.saved.connect(panel.refresh, panel);
    browser?.model.pathChanged.connect(panel.refresh, panel);

    app.shell.add(panel, 'left', { rank: 510, type: 'ML notebooks' });
    restorer?.add(panel, panel.id);
    app.commands.addCommand(CommandIDs.showExperiments, {
      label: trans.__('Show Experiments'),
      caption: trans.__('Search notebooks and runs, and see the datasets'),
      icon: experimentsIcon,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => panel.reveal()
    });
    palette?.addItem({ command: CommandIDs.showExperiments, category: trans.__('ML Notebooks') });
    return panel;
  }
};
