// What led to what: a section about the open notebook, and a tab about the whole project.

import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  Clipboard,
  ICommandPalette,
  MainAreaWidget,
  Notification,
  WidgetTracker
} from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator } from '@jupyterlab/translation';
import * as React from 'react';
import type { LineageNode } from '../api/schema';
import { IClient } from '../api/tokens';
import { CommandIDs } from '../commands';
import { lineageIcon } from '../icons';
import { ICurrentNotebook, INotebookPanel } from '../notebook/tokens';
import { View } from '../parts/view';
import { Text } from '../text';
import { Family } from './family';
import { mermaid } from './mermaid';
import { LineageModel } from './model';
import { Lineage } from './view';

const ARGS = {
  type: 'object',
  properties: {
    path: { type: 'string', description: 'A file or folder of the project; the one in use if there is none' }
  }
} as const;
const READABLE = ['.csv', '.jsonl'];

type Open = (node: LineageNode) => void;
type Tab = MainAreaWidget<View>;

export const lineagePlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:lineage',
  description: 'Shows which notebooks, datasets and pipelines led to which.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, INotebookPanel, ITranslator],
  optional: [ILabShell, ILayoutRestorer, ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    panel: INotebookPanel,
    translator: ITranslator,
    labShell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const text = new Text(translator);
    const open = opener(app, notebook, browser);
    const model = new LineageModel({ client });
    addSection({ app, model, notebook, panel, text, open, hasTab: labShell !== null });
    if (labShell) {
      const here = (): string =>
        notebook.path !== null
          ? PathExt.dirname(notebook.path)
          : app.serviceManager.contents.localPath(browser?.model.path ?? '');
      addTab({ app, client, text, open, here, restorer });
    } else {
      addNothing(app, text); // Notebook 7 has one main widget only
    }
    palette?.addItem({ command: CommandIDs.showLineage, category: text.trans.__('ML Notebooks') });
  }
};

interface ISectionOptions {
  app: JupyterFrontEnd;
  model: LineageModel;
  notebook: ICurrentNotebook;
  panel: INotebookPanel;
  text: Text;
  open: Open;
  hasTab: boolean;
}

/** The section asks only while it can be seen. */
function addSection({ app, model, notebook, panel, text, open, hasTab }: ISectionOptions): void {
  const showAll = hasTab ? () => void app.commands.execute(CommandIDs.showLineage) : null;
  const view = new View({
    models: [model],
    draw: () => React.createElement(Family, { model, text, open, showAll })
  });
  view.title.label = text.trans.__('Lineage');
  const look = (): void => {
    model.show(notebook.path);
    if (view.isVisible) {
      void model.refresh();
    }
  };
  notebook.changed.connect(look);
  notebook.saved.connect(look);
  view.visibilityChanged.connect(look);
  model.show(notebook.path);
  panel.addSection('lineage', view, { rank: 35 });
}

interface ITabOptions {
  app: JupyterFrontEnd;
  client: IClient;
  text: Text;
  open: Open;
  here: () => string;
  restorer: ILayoutRestorer | null;
}

function addTab({ app, client, text, open, here, restorer }: ITabOptions): void {
  const { trans } = text;
  const tracker = new WidgetTracker<Tab>({ namespace: 'mlnb-lineage' });
  const paths = new WeakMap<Tab, string>();
  /** The tab of a project; there is one at most. */
  const tabOf = (root: string, name: string): Tab => {
    const known = tracker.find(each => paths.get(each) === root);
    if (known) {
      return known;
    }
    const tab = makeTab({ client, text, open, root, name, app });
    paths.set(tab, root);
    app.shell.add(tab, 'main');
    void tracker.add(tab);
    return tab;
  };
  app.commands.addCommand(CommandIDs.showLineage, {
    label: trans.__('Show Lineage'),
    caption: trans.__('Which notebooks, datasets and pipelines led to which'),
    icon: lineageIcon,
    describedBy: { args: ARGS },
    execute: async args => {
      const path = (args['path'] as string | undefined) ?? here();
      const { root, name } = await client.project(path);
      app.shell.activateById(tabOf(root, name).id);
    }
  });
  void restorer?.restore(tracker, {
    command: CommandIDs.showLineage,
    args: tab => ({ path: paths.get(tab) ?? '' }),
    name: tab => tab.id
  });
}

interface IMakeOptions {
  app: JupyterFrontEnd;
  client: IClient;
  text: Text;
  open: Open;
  root: string;
  name: string;
}

function makeTab({ app, client, text, open, root, name }: IMakeOptions): Tab {
  const { trans } = text;
  const model = new LineageModel({ client });
  const copy = (): void => {
    Clipboard.copyToSystem(mermaid(model.shown));
    Notification.success(trans.__('The lineage is on the clipboard as a Mermaid chart.'), {
      autoClose: 3000
    });
  };
  const view = new View({
    models: [model],
    draw: () =>
      React.createElement(Lineage, {
        model,
        text,
        open,
        copy,
        create: () => void app.commands.execute(CommandIDs.createExploration, { cwd: root })
      })
  });
  view.addClass('mlnb-LineageTab');
  model.show(root);
  view.visibilityChanged.connect((_view, visible) => visible && void model.refresh());
  view.disposed.connect(() => model.dispose());
  const tab = new MainAreaWidget({ content: view });
  tab.id = `mlnb-lineage-${root.replace(/[^\w-]/g, '_')}`;
  tab.title.label = trans.__('Lineage');
  tab.title.caption = trans.__('Lineage of %1', name);
  tab.title.icon = lineageIcon;
  tab.title.closable = true;
  tab.toolbar.hide(); // what it would hold stands in the view
  return tab;
}

function addNothing(app: JupyterFrontEnd, { trans }: Text): void {
  app.commands.addCommand(CommandIDs.showLineage, {
    label: trans.__('Show Lineage'),
    describedBy: { args: ARGS },
    isVisible: () => false,
    isEnabled: () => false,
    execute: () => undefined
  });
}

/** Notebooks, runs and text data are opened; of the rest, the folder is shown. */
function opener(app: JupyterFrontEnd, notebook: ICurrentNotebook, browser: IDefaultFileBrowser | null): Open {
  return ({ type, path }) => {
    if (path === null) {
      return;
    }
    const isReadable = type === 'dataset' && READABLE.includes(PathExt.extname(path));
    if (type === 'notebook' || type === 'run' || isReadable) {
      void notebook.open(path);
    } else if (browser) {
      void browser.model.cd(`/${type === 'pipeline' ? path : PathExt.dirname(path)}`);
      app.shell.activateById(browser.id);
    }
  };
}
