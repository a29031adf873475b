import { describe, expect, it } from 'vitest';
import type { ProjectInfo } from '../../src/api/schema';
import { ProjectModel } from '../../src/experiments/model';
import { FakeClient, Later, project } from '../fake';

describe('ProjectModel', () => {
  it('knows the root of the project in which the user is', async () => {
    const client = new FakeClient();
    client.projectAnswer = project({ root: 'a/weather' });
    const model = new ProjectModel({ client, where: () => 'a/weather/notebooks/n.ipynb' });
    expect(model.path).toBe('a/weather/notebooks/n.ipynb');
    await model.refresh();
    expect([model.state, model.path]).toEqual(['ready', 'a/weather']);
  });

  it('makes a folder a project', async () => {
    const client = new FakeClient();
    client.projectAnswer = project({ initialised: false });
    const model = new ProjectModel({ client, where: () => 'x' });
    await model.refresh();
    expect(model.state).toBe('no-project');
    client.initAnswer = new Error('Read-only.');
    await model.initialise();
    expect([model.state, model.error]).toEqual(['no-project', 'Read-only.']);
    client.initAnswer = project();
    await model.initialise();
    expect([model.state, model.error, client.asked]).toEqual([
      'ready',
      null,
      ['project x', 'init x', 'init x']
    ]);
  });

  it('drops an answer about where the user was before', async () => {
    const client = new FakeClient();
    const slow = new Later<ProjectInfo>();
    client.projectAnswer = slow.promise;
    const model = new ProjectModel({ client, where: () => 'x' });
    const first = model.refresh();
    client.projectAnswer = project({ name: 'new' });
    await model.refresh();
    slow.resolve(project({ name: 'old' }));
    await first;
    expect(model.info?.name).toBe('new');
  });

  it('says what went wrong', async () => {
    const client = new FakeClient();
    client.projectAnswer = new Error('No.');
    const model = new ProjectModel({ client, where: () => 'x' });
    await model.refresh();
    expect([model.state, model.error]).toEqual(['failed', 'No.']);
  });
});
