// The section “Datasets” of the left panel.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';
import { refreshIcon, Toolbar, ToolbarButton } from '@jupyterlab/ui-components';
import * as React from 'react';
import { IClient } from '../api/tokens';
import { CommandIDs } from '../commands';
import { IExperimentsPanel } from '../experiments/tokens';
import { ICurrentNotebook } from '../notebook/tokens';
import { View } from '../parts/view';
import { Text } from '../text';
import { Datasets } from './datasets';
import { DatasetsModel, loadStatement } from './model';

export const dataPlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:data',
  description: 'Lists the datasets of the project and loads them in notebooks.',
  autoStart: true,
  requires: [IClient, IExperimentsPanel, ICurrentNotebook, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    panel: IExperimentsPanel,
    notebook: ICurrentNotebook,
    translator: ITranslator
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const { project } = panel;
    const model = new DatasetsModel({ client, where: () => project.path });

    const view = new View({
      models: [model, project, notebook],
      draw: () =>
        React.createElement(Datasets, {
          project,
          model,
          text,
          canInsert: notebook.path !== null,
          insert: dataset => void app.commands.execute(CommandIDs.loadDataset, { ref: dataset.ref })
        })
    });
    view.title.label = trans.__('Datasets');
    const toolbar = new Toolbar();
    toolbar.addItem(
      'refresh',
      new ToolbarButton({
        icon: refreshIcon,
        tooltip: trans.__('Refresh'),
        onClick: () => void app.commands.execute(CommandIDs.refreshDatasets)
      })
    );
    const refresh = (): void => {
      if (view.isVisible && project.state === 'ready') {
        void model.refresh();
      }
    };
    project.changed.connect(refresh);
    view.visibilityChanged.connect(refresh);
    panel.addSection(Object.assign(view, { toolbar }), { rank: 20, stretch: 1 });

    app.commands.addCommand(CommandIDs.refreshDatasets, {
      label: trans.__('Refresh Datasets'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => model.refresh()
    });
    app.commands.addCommand(CommandIDs.loadDataset, {
      label: trans.__('Load Dataset in Notebook'),
      describedBy: {
        args: {
          type: 'object',
          required: ['ref'],
          properties: { ref: { type: 'string', description: 'What mlnb.load takes' } }
        }
      },
      isEnabled: () => notebook.path !== null,
      execute: args => notebook.insert(loadStatement(args['ref'] as string))
    });
  }
};
