import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen, within } from '@testing-library/react';
import * as React from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LineageInfo } from '../../src/api/schema';
import { Family, nearest } from '../../src/lineage/family';
import { LineageModel } from '../../src/lineage/model';
import { Lineage } from '../../src/lineage/view';
import { Text } from '../../src/text';
import { FakeClient } from '../fake';
import { lineage, node } from './nodes';

const text = new Text(nullTranslator);
const calls = { open: vi.fn(), copy: vi.fn(), create: vi.fn(), showAll: vi.fn() };
let client: FakeClient;
let model: LineageModel;

beforeEach(() => {
  client = new FakeClient();
  model = new LineageModel({ client });
});
afterEach(() => vi.clearAllMocks());

describe('Lineage', () => {
  const element = () => <Lineage model={model} text={text} {...calls} />;
  const draw = async (answer: LineageInfo | Error) => {
    client.lineageAnswer = answer;
    model.show('');
    await model.refresh();
    const view = render(element());
    return () => view.rerender(element());
  };
  const box = (id: string) => document.querySelector<HTMLElement>(`.mlnb-Lineage-node[data-id="${id}"]`)!;

  it('says of each node what it is and where its lines lead', async () => {
    const gone = node('c', { missing: true, path: null });
    await draw({ ...lineage('a>b b>c'), nodes: [node('a'), node('b'), gone] });
    expect(box('b').getAttribute('aria-label')).toBe('Experiment B; came from A; led to C');
    expect(box('c').getAttribute('aria-label')).toBe('Experiment C; missing; came from B');
    expect([box('c').textContent, box('c').dataset['missing']]).toEqual(['Cmissing', 'true']);
  });

  it('shows what belongs to a node that is pressed, and opens it', async () => {
    const again = await draw(lineage('a>b b>c a>x'));
    fireEvent.click(box('b'));
    again();
    expect(['a', 'b', 'c', 'x'].map(id => box(id).dataset['family'])).toEqual([
      'true',
      'true',
      'true',
      'false'
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    expect(calls.open.mock.lastCall?.[0].id).toBe('b');
    fireEvent.click(screen.getByRole('button', { name: 'Only this' }));
    again();
    expect([box('x'), screen.getByText('3 of 4')]).toEqual([null, expect.anything()]);
    fireEvent.click(screen.getByRole('button', { name: 'Only B' }));
    again();
    expect(box('x')).not.toBeNull();
  });

  it('is moved through with the arrows, Enter opens, Escape lets go', async () => {
    const again = await draw(lineage('a>b b>c b>e'));
    expect([box('a').tabIndex, box('b').tabIndex]).toEqual([0, -1]);
    const press = (key: string) => {
      fireEvent.keyDown(document.activeElement!, { key });
      again();
      return (document.activeElement as HTMLElement).dataset['id'];
    };
    box('a').focus();
    expect(press('ArrowRight')).toBe('b');
    const child = press('ArrowRight')!;
    expect(['c', 'e']).toContain(child);
    const sibling =
      press('ArrowDown') === child ? press('ArrowUp') : document.activeElement!.getAttribute('data-id');
    expect(['c', 'e']).toContain(sibling);
    expect(press('ArrowLeft')).toBe('b');
    press('Enter');
    expect(calls.open.mock.lastCall?.[0].id).toBe('b');
    press('Escape');
    expect(model.selected).toBeNull();
  });

  it('has a list of the same, in the order of the work', async () => {
    const again = await draw(lineage('b>c a>b'));
    fireEvent.click(screen.getByRole('button', { name: 'Show as a list' }));
    again();
    const rows = screen.getAllByRole('row').map(row => within(row).queryAllByRole('cell').slice(0, 4));
    expect(rows.slice(1).map(cells => cells.map(cell => cell.textContent))).toEqual([
      ['A', 'Experiment', '', 'B'],
      ['B', 'Experiment', 'A', 'C'],
      ['C', 'Experiment', 'B', '']
    ]);
  });

  it('filters, and says so when nothing is left', async () => {
    const again = await draw(lineage('a>b'));
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zzz' } });
    again();
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    again();
    expect(box('a')).not.toBeNull();
  });

  it('asks for runs when their box is ticked', async () => {
    const again = await draw(lineage('a>b'));
    client.lineageAnswer = lineage('a>b a>r1');
    fireEvent.click(screen.getByRole('checkbox', { name: 'Runs' }));
    await Promise.resolve();
    await Promise.resolve();
    again();
    expect(box('r1').dataset['type']).toBe('run');
  });

  it('tells of problems', async () => {
    await draw(lineage('a>b', { problems: ['x.ipynb is not valid JSON'] }));
    expect(screen.getByText('x.ipynb is not valid JSON.')).toBeTruthy();
  });

  it('has a next step in an empty project, and after an error', async () => {
    const again = await draw(lineage(''));
    fireEvent.click(screen.getByRole('button', { name: 'New exploration…' }));
    expect(calls.create).toHaveBeenCalledOnce();
    model = new LineageModel({ client });
    await draw(new Error('there is no project'));
    expect(screen.getByRole('alert').textContent).toContain('There is no project.');
    again();
  });
});

describe('Family', () => {
  const draw = async (answer: LineageInfo | Error) => {
    client.lineageAnswer = answer;
    model.show('notebooks/b.ipynb');
    await model.refresh();
    return render(<Family model={model} text={text} open={calls.open} showAll={calls.showAll} />);
  };

  it('stands between what led to it and what it led to', async () => {
    await draw(lineage('b>c a>b', { focus: 'b' }));
    const rows = [...document.querySelectorAll<HTMLElement>('.mlnb-Family-row')];
    expect(rows.map(each => [each.dataset['id'], each.dataset['here']])).toEqual([
      ['a', 'false'],
      ['b', 'true'],
      ['c', 'false']
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Experiment C' }));
    expect(calls.open.mock.lastCall?.[0].id).toBe('c');
    expect(screen.getByRole('button', { name: 'Experiment B' }).getAttribute('aria-current')).toBe('true');
  });

  it('says that there is nothing yet, and shows the whole project', async () => {
    await draw(lineage('b', { focus: 'b' }));
    fireEvent.click(screen.getByRole('button', { name: 'Whole project…' }));
    expect(calls.showAll).toHaveBeenCalledOnce();
  });

  it('says why it cannot be shown', async () => {
    await draw(new Error('it lies in no project'));
    expect(screen.getByRole('alert').textContent).toContain('It lies in no project.');
  });

  it('keeps the nearest of many', () => {
    const links = Array.from({ length: 100 }, (_, index) => `n${index}>n${index + 1}`).join(' ');
    const near = nearest(lineage(links), 'n50', 5);
    expect(near.nodes.map(each => each.id)).toEqual(['n48', 'n49', 'n50', 'n51', 'n52']);
    expect(near.edges.length).toBe(4);
  });
});
