import schema from '../schema/plugin.json';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { describe, expect, it } from 'vitest';
import plugins from '../src/index';
import { CommandIDs, PLUGIN_ID } from '../src/commands';
import { IClient } from '../src/api/tokens';
import { FakeClient } from './fake';

/** The services of JupyterLab that the plugins ask for, as far as activation uses them. */
class FakeLab {
  readonly commands = new CommandRegistry();
  readonly client = new FakeClient();
  readonly added: string[] = [];
  readonly cards: string[] = [];
  readonly inPalette: string[] = [];

  readonly app = {
    commands: this.commands,
    serviceManager: {
      serverSettings: {},
      contents: {
        localPath: (path: string) => path,
        driveName: () => '',
        fileChanged: new Signal<object, void>({})
      }
    },
    shell: {
      add: (widget: { id: string }, area: string) => this.added.push(`${area} ${widget.id}`),
      activateById: () => {}
    }
  } as unknown as JupyterFrontEnd;

  private readonly _services: Record<string, unknown> = {
    '@jupyterlab/translation:ITranslator': nullTranslator,
    '@jupyterlab/notebook:INotebookTracker': {
      currentWidget: null,
      currentChanged: new Signal<object, void>({})
    },
    '@jupyterlab/docmanager:IDocumentManager': {},
    '@jupyterlab/launcher:ILauncher': { add: (item: { command: string }) => this.cards.push(item.command) },
    '@jupyterlab/apputils:ICommandPalette': {
      addItem: (item: { command: string }) => this.inPalette.push(item.command)
    }
  };

  /** Activate every plugin in dependency order; `without` leaves out optional services, as Notebook 7 does. */
  async activate(without: string[] = []): Promise<void> {
    for (const plugin of plugins) {
      const service = await this._activate(plugin, without);
      if (plugin.provides) {
        this._services[plugin.provides.name] = plugin.provides.name === IClient.name ? this.client : service;
      }
    }
  }

  private _activate(plugin: JupyterFrontEndPlugin<unknown>, without: string[]): unknown {
    const required = (plugin.requires ?? []).map(token => {
      expect(Object.keys(this._services)).toContain(token.name);
      return this._services[token.name];
    });
    const optional = (plugin.optional ?? []).map(token =>
      without.includes(token.name) ? null : (this._services[token.name] ?? null)
    );
    return plugin.activate(this.app, ...required, ...optional);
  }
}

describe('the plugins', () => {
  it('have each an id of its own and a sentence', () => {
    const ids = plugins.map(plugin => plugin.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter(id => !id.startsWith('mlnb-lab:'))).toEqual([]);
    expect(plugins.filter(plugin => !plugin.description?.endsWith('.'))).toEqual([]);
    expect(ids).toContain(PLUGIN_ID);
  });

  it('ask the server nothing when JupyterLab starts', async () => {
    const lab = new FakeLab();
    await lab.activate();
    expect(lab.client.asked).toEqual([]);
  });

  it('register every command, with a label and a description of its arguments', async () => {
    const lab = new FakeLab();
    await lab.activate();
    const known = Object.values(CommandIDs).sort();
    expect(lab.commands.listCommands().sort()).toEqual(known);
    for (const id of known) {
      expect(lab.commands.label(id)).not.toBe('');
      expect((await lab.commands.describedBy(id)).args).toMatchObject({ type: 'object' });
    }
  });

  it('have a launcher card per kind and one for scratch, and two panels', async () => {
    const lab = new FakeLab();
    await lab.activate();
    expect(lab.cards).toEqual([
      'mlnb:create-exploration',
      'mlnb:create-cleaning',
      'mlnb:create-experiment',
      'mlnb:create-deployment',
      'mlnb:create-scratch'
    ]);
    expect(lab.added).toEqual(['right mlnb-notebook', 'left mlnb-experiments']);
    const commands = Object.values(CommandIDs) as string[];
    expect(commands.filter(each => !lab.inPalette.includes(each))).toEqual([
      'mlnb:refresh-datasets',
      'mlnb:load-dataset'
    ]);
  });

  it('do without launcher and palette', async () => {
    const lab = new FakeLab();
    await lab.activate(['@jupyterlab/launcher:ILauncher', '@jupyterlab/apputils:ICommandPalette']);
    expect([lab.cards, lab.inPalette, lab.added.length]).toEqual([[], [], 2]);
  });

  it('know every command that menus and toolbars name', () => {
    const named: string[] = [];
    JSON.stringify(schema, (key, value) => {
      if (key === 'command') {
        named.push(value as string);
      }
      return value;
    });
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(each => !(Object.values(CommandIDs) as string[]).includes(each))).toEqual([]);
  });
});
