// The search section of the left panel.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { searchIcon } from '@jupyterlab/ui-components';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import * as React from 'react';
import type { HitInfo } from '../api/schema';
import { IClient } from '../api/tokens';
import { CommandIDs } from '../commands';
import { IExperimentsPanel } from '../experiments/tokens';
import { messageOf } from '../model';
import { ICurrentNotebook } from '../notebook/tokens';
import { View } from '../parts/view';
import { Text } from '../text';
import { SearchModel } from './model';
import { Search } from './results';

export const searchPlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:search',
  description: 'Searches notebooks and runs.',
  autoStart: true,
  requires: [IClient, IExperimentsPanel, ICurrentNotebook, ITranslator],
  optional: [ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    panel: IExperimentsPanel,
    notebook: ICurrentNotebook,
    translator: ITranslator,
    palette: ICommandPalette | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const { project } = panel;
    const model = new SearchModel({ client, where: () => project.path });
    const execute = (command: string, args: ReadonlyPartialJSONObject = {}): void =>
      void app.commands.execute(command, args);

    const view = new View({
      models: [model, project],
      draw: () =>
        React.createElement(Search, {
          model,
          project,
          text,
          open: hit => void notebook.open(hit.path, { cell: hit.cell, cellId: hit.cell_id }),
          rerun: hit => void rerun(client, hit, execute),
          promote: hit => execute(CommandIDs.promoteNotebook, { path: hit.path }),
          create: () => execute(CommandIDs.createExploration)
        })
    });
    view.title.label = trans.__('Notebooks and runs');
    project.changed.connect(() => {
      if (view.isVisible && project.state === 'ready') {
        void model.refresh();
      }
    });
    panel.addSection(view, { rank: 10, stretch: 3 });

    app.commands.addCommand(CommandIDs.search, {
      label: trans.__('Search Notebooks and Runs'),
      icon: searchIcon,
      describedBy: {
        args: { type: 'object', properties: { query: { type: 'string', description: 'What to search for' } } }
      },
      execute: args => {
        panel.reveal();
        if (typeof args['query'] === 'string') {
          model.type(args['query']);
        }
        view.node.querySelector<HTMLInputElement>('.mlnb-Search-input')?.focus();
      }
    });
    palette?.addItem({ command: CommandIDs.search, category: trans.__('ML Notebooks') });
  }
};

/** Of a run, its notebook is run again, with the same arguments to begin with. */
async function rerun(
  client: IClient,
  hit: HitInfo,
  execute: (command: string, args: ReadonlyPartialJSONObject) => void
): Promise<void> {
  if (hit.run === null) {
    execute(CommandIDs.runNotebook, { path: hit.path });
    return;
  }
  try {
    const run = await client.run(hit.run, hit.path);
    execute(CommandIDs.runNotebook, {
      path: run.notebook,
      arguments: run.arguments as ReadonlyPartialJSONObject
    });
  } catch (reason) {
    Notification.error(messageOf(reason));
  }
}
