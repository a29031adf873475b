// Promotes the open deployment notebook to a pipeline.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { IClient } from '../api/tokens';
import { ICheckModel } from '../check/tokens';
import { CommandIDs } from '../commands';
import { kindIcon } from '../icons';
import { ICurrentNotebook, INotebookPanel } from '../notebook/tokens';
import { View } from '../parts/view';
import { Text } from '../text';
import { PromoteModel } from './model';
import { Promote } from './result';

export const promotePlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:promote',
  description: 'Promotes the open deployment notebook to a pipeline.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, ICheckModel, INotebookPanel, ITranslator],
  optional: [ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    check: ICheckModel,
    panel: INotebookPanel,
    translator: ITranslator,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const model = new PromoteModel({ client });
    const look = (): void => model.show(notebook.path);
    notebook.changed.connect(look);
    look();

    const promote = async (): Promise<void> => {
      if (notebook.path !== null && (await notebook.save())) {
        await model.start(notebook.path);
      }
    };
    const view = new View({
      models: [model, check, { changed: notebook.dirtyChanged }],
      draw: () =>
        React.createElement(Promote, {
          model,
          text,
          isDeployment: check.kind === 'deployment',
          isDirty: notebook.isDirty,
          promote: () => void promote(),
          reveal: browser && ((path: string) => void show(app, browser, path)),
          create: () => void app.commands.execute(CommandIDs.createDeployment)
        })
    });
    view.title.label = trans.__('Promote');
    panel.addSection('promote', view, { rank: 40 });

    app.commands.addCommand(CommandIDs.promoteNotebook, {
      label: trans.__('Promote Notebook to Pipeline'),
      caption: trans.__('Make a verified pipeline of the deployment notebook'),
      icon: kindIcon('deployment'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            path: {
              type: 'string',
              description: 'The deployment notebook; the one in front if there is none'
            }
          }
        }
      },
      isEnabled: args => typeof args['path'] === 'string' || check.kind === 'deployment',
      execute: async args => {
        if (typeof args['path'] === 'string') {
          await notebook.open(args['path']);
        }
        panel.reveal('promote');
        await promote();
      }
    });
    check.changed.connect(() => app.commands.notifyCommandChanged(CommandIDs.promoteNotebook));
    palette?.addItem({ command: CommandIDs.promoteNotebook, category: trans.__('ML Notebooks') });
  }
};

async function show(app: JupyterFrontEnd, browser: IDefaultFileBrowser, path: string): Promise<void> {
  await browser.model.cd(`/${path}`);
  app.shell.activateById(browser.id);
}
