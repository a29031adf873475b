import { beforeEach, describe, expect, it } from 'vitest';
import type { ParameterInfo, ParameterType, RunForm } from '../../src/api/schema';
import { RunFormModel } from '../../src/run/formmodel';
import { FakeClient, Later } from '../fake';

function parameter(name: string, type: ParameterType, value: unknown): ParameterInfo {
  return { name, type, default: value, help: '', choices: [] };
}

const FORM: RunForm = {
  path: 'n.ipynb',
  problem: null,
  parameters: [
    parameter('DATA', 'dataset', 'weather_2014-12-31_daily'),
    parameter('C', 'float', 1),
    parameter('SEED', 'int', 42),
    parameter('PLOT', 'bool', false),
    parameter('NAME', 'str', 'a'),
    parameter('GRID', 'json', [1, 2]),
    parameter('LIMIT', 'int', null)
  ]
};

describe('RunFormModel', () => {
  let client: FakeClient;
  let model: RunFormModel;

  const field = (name: string) => model.fields.find(each => each.parameter.name === name)!;

  beforeEach(async () => {
    client = new FakeClient();
    client.formAnswer = FORM;
    model = new RunFormModel({ client });
    model.show('n.ipynb');
    await model.refresh();
  });

  it('shows what the notebook declares, and sends nothing of it', () => {
    expect(model.fields.map(each => each.text)).toEqual([
      'weather_2014-12-31_daily',
      '1.0',
      '42',
      'false',
      'a',
      '[1,2]',
      ''
    ]);
    expect([model.arguments, model.isModified, model.canRun]).toEqual([{}, false, true]);
  });

  it.each([
    ['C', '0.1', 0.1],
    ['C', '1e-3', 0.001],
    ['C', ' 2 ', 2],
    ['SEED', '-7', -7],
    ['PLOT', 'true', true],
    ['NAME', '', ''],
    ['NAME', ' b ', ' b '],
    ['GRID', '{"depth": [3, 4]}', { depth: [3, 4] }],
    ['DATA', 'weather_2015-12-31_daily', 'weather_2015-12-31_daily'],
    ['LIMIT', '5', 5]
  ])('reads %s “%s”', (name, text, value) => {
    model.edit(name, text);
    expect(model.arguments).toEqual({ [name]: value });
  });

  it.each([
    ['C', 'abc'],
    ['C', ''],
    ['C', 'Infinity'],
    ['SEED', '1.5'],
    ['SEED', '1e3'],
    ['SEED', '99999999999999999999'],
    ['GRID', '[1,'],
    ['GRID', ''],
    ['LIMIT', 'none']
  ])('does not run with %s “%s”, and keeps what was typed', (name, text) => {
    model.edit(name, text);
    expect([field(name).isInvalid, field(name).text, model.canRun]).toEqual([true, text, false]);
  });

  it.each([
    ['C', '1'],
    ['C', '1.00'],
    ['SEED', '042'],
    ['GRID', '[1, 2]'],
    ['LIMIT', '  ']
  ])('takes %s “%s” for what the notebook says', (name, text) => {
    model.edit(name, text);
    expect([field(name).isModified, model.arguments]).toEqual([false, {}]);
  });

  it('resets one value, or all', () => {
    model.edit('C', '2');
    model.edit('SEED', '7');
    model.reset('C');
    expect(model.arguments).toEqual({ SEED: 7 });
    model.resetAll();
    expect(model.isModified).toBe(false);
  });

  it('keeps what was typed when the notebook is saved', async () => {
    model.edit('SEED', '7');
    client.formAnswer = { ...FORM, parameters: [parameter('SEED', 'int', 1)] };
    await model.refresh();
    expect(model.arguments).toEqual({ SEED: 7 });
  });

  it('does not send a value whose parameter is gone', async () => {
    model.edit('SEED', '7');
    client.formAnswer = { ...FORM, parameters: [parameter('C', 'float', 1)] };
    await model.refresh();
    expect(model.arguments).toEqual({});
  });

  it('keeps what was typed for each notebook', async () => {
    model.edit('SEED', '7');
    model.show('other.ipynb');
    expect([model.state, model.fields]).toEqual(['loading', []]);
    await model.refresh();
    expect(model.arguments).toEqual({});
    model.show('n.ipynb');
    await model.refresh();
    expect(model.arguments).toEqual({ SEED: 7 });
  });

  it('drops the form of a notebook that is no longer in front', async () => {
    const slow = new Later<RunForm>();
    client.formAnswer = slow.promise;
    const pending = model.refresh();
    model.show('other.ipynb');
    slow.resolve(FORM);
    await pending;
    expect(model.form).toBeNull();
  });

  it('is filled with the arguments of a run', () => {
    model.fill('n.ipynb', { C: 0.5, GRID: [3], PLOT: true });
    expect(model.arguments).toEqual({ C: 0.5, GRID: [3], PLOT: true });
  });

  it('does not run a notebook with a problem', async () => {
    client.formAnswer = { ...FORM, problem: 'The parameters cell cannot be read.' };
    await model.refresh();
    expect(model.canRun).toBe(false);
  });

  it('says what went wrong', async () => {
    client.formAnswer = new Error('No such notebook.');
    await model.refresh();
    expect([model.state, model.error, model.canRun]).toEqual(['failed', 'No such notebook.', false]);
  });
});
