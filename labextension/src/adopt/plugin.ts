// Brings the notebooks and datasets of a folder into the convention.

import { ILabShell, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, MainAreaWidget } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator } from '@jupyterlab/translation';
import { tableRowsIcon } from '@jupyterlab/ui-components';
import * as React from 'react';
import { IClient } from '../api/tokens';
import { CommandIDs } from '../commands';
import { ICurrentNotebook, IOpenDocuments } from '../notebook/tokens';
import { View } from '../parts/view';
import { Text } from '../text';
import { AdoptModel } from './model';
import { Adopt } from './view';

const ARGS = {
  type: 'object',
  properties: {
    path: { type: 'string', description: 'The folder; that of the file browser if there is none' },
    fromBrowser: { type: 'boolean', description: 'Whether it is the one selected in the file browser' }
  }
} as const;

export const adoptPlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:adopt',
  description: 'Names existing notebooks and datasets by what is in them.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, IOpenDocuments, IDocumentManager, ITranslator],
  optional: [ILabShell, ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    documents: IOpenDocuments,
    manager: IDocumentManager,
    translator: ITranslator,
    labShell: ILabShell | null,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const tabs = new Map<string, MainAreaWidget<View>>();

    const folderOf = (fromBrowser: boolean): string => {
      const selected = [...(browser?.selectedItems() ?? [])];
      if (fromBrowser && selected.length === 1 && selected[0]!.type === 'directory') {
        return selected[0]!.path;
      }
      const open = notebook.path === null ? '' : PathExt.dirname(notebook.path);
      return browser ? app.serviceManager.contents.localPath(browser.model.path) : open;
    };
    /** The tab of a folder; there is one at most. */
    const tabOf = (path: string): MainAreaWidget<View> => {
      const known = tabs.get(path);
      if (known) {
        return known;
      }
      const isDirty = (each: string): boolean => {
        const widget = manager.findWidget(each);
        return (widget && manager.contextForWidget(widget)?.model.dirty) ?? false;
      };
      const model = new AdoptModel({ client, documents, isDirty, path });
      const view = new View({
        models: [model],
        draw: () => React.createElement(Adopt, { model, text, open: each => void notebook.open(each) })
      });
      view.addClass('mlnb-AdoptTab');
      view.disposed.connect(() => {
        model.dispose();
        tabs.delete(path);
      });
      void model.scan();
      const tab = new MainAreaWidget({ content: view });
      tab.id = `mlnb-adopt-${path.replace(/[^\w-]/g, '_')}`;
      tab.title.label = trans.__('Adopt Notebooks');
      tab.title.caption = trans.__('Adopt the notebooks of %1', path || trans.__('this folder'));
      tab.title.icon = tableRowsIcon;
      tab.title.closable = true;
      tab.toolbar.hide(); // what it would hold stands in the view
      tabs.set(path, tab);
      app.shell.add(tab, 'main');
      return tab;
    };

    app.commands.addCommand(CommandIDs.adopt, {
      label: args => (args['fromBrowser'] ? trans.__('Adopt Notebooks Here…') : trans.__('Adopt Notebooks…')),
      caption: trans.__('Name existing notebooks and datasets by what is in them'),
      icon: args => (args['fromBrowser'] ? undefined : tableRowsIcon),
      describedBy: { args: ARGS },
      isVisible: () => labShell !== null, // Notebook 7 has one main widget only
      isEnabled: () => labShell !== null,
      execute: args => {
        const path = (args['path'] as string | undefined) ?? folderOf(args['fromBrowser'] === true);
        app.shell.activateById(tabOf(path).id);
      }
    });
    palette?.addItem({ command: CommandIDs.adopt, category: trans.__('ML Notebooks') });
  }
};
