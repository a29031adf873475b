import { StateDB } from '@jupyterlab/statedb';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { describe, expect, it, vi } from 'vitest';
import { NotebookSidebar } from '../../src/notebook/panel';
import { Text } from '../../src/text';

function content(label: string): Widget {
  const widget = new Widget();
  widget.title.label = label;
  return widget;
}

function panel(state = new StateDB(), activate = vi.fn()) {
  const made = new NotebookSidebar({ text: new Text(nullTranslator), state, activate });
  made.addSection('runs', content('Runs'), { rank: 30 });
  made.addSection('problems', content('Problems'), { rank: 10 });
  made.setHeader(content('Header'));
  made.addSection('run', content('Run'), { rank: 20 });
  return made;
}

const toggles = (of: NotebookSidebar) => [
  ...of.node.querySelectorAll<HTMLButtonElement>('.mlnb-Section-toggle')
];

describe('NotebookSidebar', () => {
  it('keeps the sections in order of rank, under the header', () => {
    const made = panel();
    expect(toggles(made).map(each => each.textContent)).toEqual(['Problems', 'Run', 'Runs']);
    expect(made.widgets[0]?.title.label).toBe('Header');
  });

  it('follows the title of a section', () => {
    const made = new NotebookSidebar({ text: new Text(nullTranslator), state: null, activate: () => {} });
    const widget = content('Runs');
    made.addSection('runs', widget, { rank: 1 });
    widget.title.label = 'Runs (2)';
    expect(toggles(made)[0]?.textContent).toBe('Runs (2)');
  });

  it('folds a section, and remembers it', async () => {
    const state = new StateDB();
    toggles(panel(state))[1]!.click();
    await new Promise(resolve => setTimeout(resolve));
    const again = panel(state);
    await new Promise(resolve => setTimeout(resolve));
    expect(toggles(again).map(each => each.getAttribute('aria-expanded'))).toEqual(['true', 'false', 'true']);
  });

  it('unfolds the section that is to be seen', () => {
    const activate = vi.fn();
    const made = panel(new StateDB(), activate);
    Element.prototype.scrollIntoView = () => {};
    toggles(made)[1]!.click();
    made.reveal('run');
    expect(activate).toHaveBeenCalledWith('mlnb-notebook');
    expect(toggles(made)[1]?.getAttribute('aria-expanded')).toBe('true');
  });
});
