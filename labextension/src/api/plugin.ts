// Provides the client.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator } from '@jupyterlab/translation';
import { Client } from './client';
import { IClient } from './tokens';

export const clientPlugin: JupyterFrontEndPlugin<IClient> = {
  id: 'mlnb-lab:client',
  description: 'Asks the mlnb server extension.',
  autoStart: true,
  requires: [ITranslator],
  provides: IClient,
  activate: (app: JupyterFrontEnd, translator: ITranslator): IClient =>
    new Client({ settings: app.serviceManager.serverSettings, trans: translator.load('mlnb') })
};
