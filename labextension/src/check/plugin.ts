// Checks the open notebook after each save and shows what was found.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator } from '@jupyterlab/translation';
import { MenuSvg } from '@jupyterlab/ui-components';
import * as React from 'react';
import { IClient } from '../api/tokens';
import { CommandIDs, CONTINUATIONS, PLUGIN_ID } from '../commands';
import { ICurrentNotebook, INotebookPanel } from '../notebook/tokens';
import { View } from '../parts/view';
import { Text } from '../text';
import { NotebookHeader } from './header';
import { CheckModel } from './model';
import { Problems } from './problems';
import { StatusChip } from './status';
import { ICheckModel } from './tokens';

/** The plugin that the settings belong to: what is checked, and when. */
export const checkPlugin: JupyterFrontEndPlugin<ICheckModel> = {
  id: PLUGIN_ID,
  description: 'Checks the open notebook after each save.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook],
  optional: [ISettingRegistry],
  provides: ICheckModel,
  activate: (
    _app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    settings: ISettingRegistry | null
  ): ICheckModel => {
    const model = new CheckModel({ client });
    let onSave = true;
    void settings?.load(PLUGIN_ID).then(loaded => {
      const read = (): void => {
        onSave = loaded.get('checkOnSave').composite as boolean;
      };
      loaded.changed.connect(read);
      read();
    });
    const look = (): void => {
      model.show(notebook.path);
      void model.refresh();
    };
    notebook.changed.connect(look);
    notebook.saved.connect(() => {
      if (onSave) {
        void model.refresh();
      }
    });
    look();
    return model;
  }
};

export const problemsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:problems',
  description: 'Shows the findings in the right panel and counts them in the status bar.',
  autoStart: true,
  requires: [ICheckModel, ICurrentNotebook, INotebookPanel, ITranslator],
  optional: [ICommandPalette, IStatusBar],
  activate: (
    app: JupyterFrontEnd,
    model: ICheckModel,
    notebook: ICurrentNotebook,
    panel: INotebookPanel,
    translator: ITranslator,
    palette: ICommandPalette | null,
    statusBar: IStatusBar | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const kinds = new MenuSvg({ commands: app.commands });
    kinds.id = 'mlnb-continue-as';
    CONTINUATIONS.forEach(command => kinds.addItem({ command, args: { short: true } }));
    panel.setHeader(
      view(model, () =>
        React.createElement(NotebookHeader, {
          model,
          text,
          continueAs: button => {
            const { left, bottom } = button.getBoundingClientRect();
            kinds.open(left, bottom);
          },
          rename: () => void app.commands.execute(CommandIDs.renameNotebook)
        })
      )
    );

    const problems = view(model, () =>
      React.createElement(Problems, {
        model,
        text,
        goTo: place => void notebook.goTo(place),
        create: () => void app.commands.execute(CommandIDs.createExperiment)
      })
    );
    const count = (): void => {
      const found = model.diagnostics.length;
      problems.title.label = found ? trans.__('Problems (%1)', found) : trans.__('Problems');
    };
    model.changed.connect(count);
    count();
    panel.addSection('problems', problems, { rank: 10 });

    app.commands.addCommand(CommandIDs.checkNotebook, {
      label: trans.__('Check Notebook'),
      caption: trans.__('Save the notebook and show its problems'),
      describedBy: { args: { type: 'object', properties: {} } },
      isEnabled: () => notebook.path !== null,
      execute: async () => {
        panel.reveal('problems');
        if (await notebook.save()) {
          await model.refresh();
        }
      }
    });
    notebook.changed.connect(() => app.commands.notifyCommandChanged(CommandIDs.checkNotebook));
    palette?.addItem({ command: CommandIDs.checkNotebook, category: trans.__('ML Notebooks') });

    statusBar?.registerStatusItem('mlnb-lab:status', {
      item: view(model, () =>
        React.createElement(StatusChip, { model, text, onClick: () => panel.reveal('problems') })
      ),
      align: 'left',
      rank: 20,
      isActive: () => model.kind !== null || model.isScratch,
      activeStateChanged: model.changed
    });
  }
};

function view(model: CheckModel, draw: () => JSX.Element): View {
  return new View({ models: [model], draw });
}
