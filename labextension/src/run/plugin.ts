// Runs the open notebook with other parameters, and follows its runs.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import * as React from 'react';
import type { Json, RunInfo } from '../api/schema';
import { IClient } from '../api/tokens';
import { CommandIDs } from '../commands';
import { IExperimentsPanel } from '../experiments/tokens';
import { runWithIcon } from '../icons';
import { ICurrentNotebook, INotebookPanel } from '../notebook/tokens';
import { View } from '../parts/view';
import { Text } from '../text';
import { RunForm } from './form';
import { RunFormModel } from './formmodel';
import { Runs } from './runs';
import { isGoingOn, RunsModel } from './runsmodel';

const ARGS = {
  type: 'object',
  properties: {
    path: { type: 'string', description: 'The notebook to run; the one in front if there is none' },
    arguments: { type: 'object', description: 'Values for some of its parameters' }
  }
} as const;

export const runPlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:run',
  description: 'Runs the open notebook with other parameters, and follows its runs.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, INotebookPanel, ITranslator],
  optional: [ICommandPalette, IExperimentsPanel],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    panel: INotebookPanel,
    translator: ITranslator,
    palette: ICommandPalette | null,
    experiments: IExperimentsPanel | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const form = new RunFormModel({ client });
    const runs = new RunsModel({ client });
    follow(notebook, form, runs);

    const start = async (): Promise<void> => {
      const path = notebook.path;
      if (path === null || !form.canRun || !(await notebook.save())) {
        return;
      }
      await runs.start(path, form.arguments);
    };
    const open = (run: RunInfo): void => {
      if (run.output !== null) {
        void notebook.open(run.output, { cell: run.failed_cell, cellId: null });
      }
    };
    const reuse = (run: RunInfo): void => {
      form.fill(run.notebook, run.arguments as Record<string, Json>);
      panel.reveal('run');
    };

    const formView = new View({
      models: [form, runs, { changed: notebook.dirtyChanged }],
      draw: () =>
        React.createElement(RunForm, { form, runs, text, isDirty: notebook.isDirty, run: () => void start() })
    });
    formView.title.label = trans.__('Run');
    panel.addSection('run', formView, { rank: 20 });

    const runsView = new View({
      models: [runs],
      draw: () => React.createElement(Runs, { runs, text, open, reuse })
    });
    let before = 0;
    const count = (): void => {
      const going = runs.runs.filter(isGoingOn).length;
      if (going < before) {
        experiments?.refresh(); // what has ended can be found now, and may have made a dataset
      }
      before = going;
      runsView.title.label = going
        ? trans.__('Runs (%1, %2 running)', runs.runs.length, going)
        : runs.runs.length
          ? trans.__('Runs (%1)', runs.runs.length)
          : trans.__('Runs');
    };
    runs.changed.connect(count);
    count();
    runsView.visibilityChanged.connect((_view, visible) => (runs.isVisible = visible));
    panel.addSection('runs', runsView, { rank: 30 });

    app.commands.addCommand(CommandIDs.runNotebook, {
      label: trans.__('Run Notebook with Parameters…'),
      caption: trans.__('Run with parameters'),
      icon: runWithIcon,
      describedBy: { args: ARGS },
      isEnabled: args => typeof args['path'] === 'string' || notebook.path !== null,
      execute: async args => {
        const path = args['path'] as string | undefined;
        if (path !== undefined) {
          await notebook.open(path);
          if (args['arguments']) {
            form.fill(path, args['arguments'] as Record<string, Json>);
          }
        }
        panel.reveal('run');
        await form.refresh();
        await new Promise(drawn => requestAnimationFrame(drawn));
        formView.node.querySelector<HTMLElement>('input, select, button')?.focus();
      }
    });
    notebook.changed.connect(() => app.commands.notifyCommandChanged(CommandIDs.runNotebook));
    palette?.addItem({ command: CommandIDs.runNotebook, category: trans.__('ML Notebooks') });
  }
};

/** Both models look at the notebook in front, again after each save. */
function follow(notebook: ICurrentNotebook, form: RunFormModel, runs: RunsModel): void {
  const look = (): void => {
    form.show(notebook.path);
    runs.show(notebook.path);
    void form.refresh();
    void runs.refresh();
  };
  notebook.changed.connect(look);
  notebook.saved.connect(() => void form.refresh());
  look();
}
