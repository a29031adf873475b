import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { CreateDialog, CreateForm } from '../../src/create/dialog';
import { CreateModel } from '../../src/create/model';
import { Text } from '../../src/text';
import { FakeClient, options, project } from '../fake';

const text = new Text(nullTranslator);

describe('CreateForm', () => {
  let client: FakeClient;
  let model: CreateModel;
  const draw = () => render(<CreateForm model={model} text={text} />);

  beforeEach(() => {
    client = new FakeClient();
    model = new CreateModel({ client, kind: 'experiment', cwd: '', from: null, delay: 0 });
  });

  it('asks in the words of the kind, with the newest dataset chosen', async () => {
    await model.load();
    draw();
    expect(screen.getByLabelText<HTMLInputElement>('What is the idea?').value).toBe('');
    expect(screen.getByLabelText<HTMLInputElement>('Dataset').value).toBe('weather · 2015-12-31');
    expect(screen.getByLabelText<HTMLInputElement>('Builds on').value).toBe('020 Days');
    fireEvent.click(screen.getByLabelText('Dataset'));
    expect(screen.getAllByRole('option').map(each => each.textContent)).toEqual([
      'None',
      'weather · 2015-12-311,461 rowsnewest'
    ]);
  });

  it('can be typed into while it still loads', () => {
    draw();
    fireEvent.change(screen.getByLabelText('What is the idea?'), { target: { value: 'abc' } });
    expect(model.title).toBe('abc');
  });

  it('shows the file name, or why a title will not do', async () => {
    await model.load();
    model.setTitle('abc');
    await new Promise(resolve => setTimeout(resolve, 5));
    const view = draw();
    expect(view.container.querySelector('code')?.textContent).toBe('notebooks/030_experiment_x.ipynb');
    client.previewAnswer = { path: null, problem: 'The name is taken.' };
    model.setTitle('abcd');
    await new Promise(resolve => setTimeout(resolve, 5));
    view.rerender(<CreateForm model={model} text={text} />);
    expect(screen.getByRole('status').textContent).toBe('The name is taken.');
    expect(screen.getByLabelText('What is the idea?').getAttribute('aria-invalid')).toBe('true');
  });

  it('says that the project has no datasets', async () => {
    client.optionsAnswer = options({ datasets: [], dataset: null, parents: [], parent: null });
    await model.load();
    draw();
    const dataset = screen.getByLabelText<HTMLInputElement>('Dataset');
    expect([dataset.disabled, dataset.value]).toEqual([true, 'None in this project yet']);
  });

  it('offers to make the folder a project', async () => {
    client.optionsAnswer = options({ project: project({ initialised: false, name: 'plain' }) });
    await model.load();
    draw();
    expect(screen.getByRole('status').textContent).toContain('“plain” is not an mlnb project yet');
    client.optionsAnswer = options();
    await act(async () =>
      fireEvent.click(screen.getByRole('button', { name: 'Make this folder a project' }))
    );
    expect([model.state, client.asked[1]]).toEqual(['ready', 'init ']);
  });

  it('says what went wrong, with a way on', async () => {
    client.optionsAnswer = new Error('The Jupyter server does not answer.');
    await model.load();
    draw();
    expect(screen.getByRole('alert').textContent).toContain('The Jupyter server does not answer.');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('CreateDialog', () => {
  const enter = (more: KeyboardEventInit = {}) =>
    new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...more });

  async function opened(client: FakeClient) {
    const model = new CreateModel({ client, kind: 'experiment', cwd: '', from: null, delay: 0 });
    await model.load();
    const dialog = new CreateDialog({ model, text });
    const closed = dialog.launch();
    await act(async () => dialog.ready);
    const create = dialog.node.querySelector<HTMLButtonElement>('.mlnb-CreateDialog-create')!;
    const title = dialog.node.querySelector<HTMLInputElement>('input[name=title]')!;
    return { model, dialog, closed, create, title };
  }

  it('focuses the title, and creates on Enter', async () => {
    const { dialog, closed, create, title, model } = await opened(new FakeClient());
    expect([document.activeElement === title, create.disabled]).toEqual([true, true]);
    await act(async () => model.setTitle('abc'));
    expect(create.disabled).toBe(false);
    title.dispatchEvent(enter());
    expect((await closed).button.accept).toBe(true);
    expect(dialog.path).toBe('notebooks/030_experiment_x.ipynb');
  });

  it('leaves Enter to an input method that composes', async () => {
    const client = new FakeClient();
    const { dialog, title, model } = await opened(client);
    await act(async () => model.setTitle('abc'));
    title.dispatchEvent(enter({ isComposing: true }));
    expect(client.asked.filter(each => each.startsWith('create'))).toEqual([]);
    dialog.reject();
  });

  it('stays open when creating is refused', async () => {
    const client = new FakeClient();
    client.createAnswer = new Error('The disk is full.');
    const { dialog, create, model } = await opened(client);
    await act(async () => model.setTitle('abc'));
    await act(async () => create.click());
    expect([dialog.isDisposed, dialog.path, model.error]).toEqual([false, null, 'The disk is full.']);
    dialog.reject();
    expect(dialog.isDisposed).toBe(true);
  });

  it('leaves Enter and Escape to an open list', async () => {
    const client = new FakeClient();
    const { dialog, model } = await opened(client);
    await act(async () => model.setTitle('abc'));
    const dataset = dialog.node.querySelector<HTMLInputElement>('input[name=dataset]')!;
    act(() => dataset.focus());
    await act(async () => fireEvent.keyDown(dataset, { key: 'ArrowDown' }));
    await act(async () => fireEvent.keyDown(dataset, { key: 'ArrowUp' }));
    await act(async () => fireEvent.keyDown(dataset, { key: 'Enter' }));
    expect([model.dataset, client.asked.filter(each => each.startsWith('create'))]).toEqual([null, []]);
    await act(async () => fireEvent.keyDown(dataset, { key: 'ArrowDown' }));
    await act(async () => fireEvent.keyDown(dataset, { key: 'Escape' }));
    expect([dataset.getAttribute('aria-expanded'), dialog.isDisposed]).toEqual(['false', false]);
    dialog.reject();
  });

  it('gives no path when it is cancelled', async () => {
    const { dialog, closed } = await opened(new FakeClient());
    dialog.reject();
    expect([(await closed).button.accept, dialog.path]).toEqual([false, null]);
  });
});
