import { describe, expect, it } from 'vitest';
import type { DatasetList } from '../../src/api/schema';
import { DatasetsModel, loadStatement } from '../../src/data/model';
import { dataset, FakeClient, Later } from '../fake';

describe('DatasetsModel', () => {
  it('groups the versions under their name, in the order of the server', async () => {
    const client = new FakeClient();
    client.datasetsAnswer = {
      datasets: [
        dataset({ name: 'stations', date: '2020-01-01' }),
        dataset({ name: 'weather', date: '2015-12-31' }),
        dataset({ name: 'weather', date: '2014-12-31' })
      ]
    };
    const model = new DatasetsModel({ client, where: () => 'p' });
    await model.refresh();
    expect(model.groups.map(each => [each.name, ...each.versions.map(version => version.date)])).toEqual([
      ['stations', '2020-01-01'],
      ['weather', '2015-12-31', '2014-12-31']
    ]);
  });

  it('keeps the list until the next one is there, and drops an overtaken one', async () => {
    const client = new FakeClient();
    client.datasetsAnswer = { datasets: [dataset()] };
    const model = new DatasetsModel({ client, where: () => 'p' });
    await model.refresh();
    const slow = new Later<DatasetList>();
    client.datasetsAnswer = slow.promise;
    const first = model.refresh();
    expect(model.groups.length).toBe(1);
    client.datasetsAnswer = { datasets: [] };
    await model.refresh();
    slow.resolve({ datasets: [dataset()] });
    await first;
    expect(model.groups).toEqual([]);
  });

  it('says what went wrong', async () => {
    const client = new FakeClient();
    client.datasetsAnswer = new Error('No.');
    const model = new DatasetsModel({ client, where: () => 'p' });
    await model.refresh();
    expect([model.state, model.error]).toEqual(['failed', 'No.']);
  });

  it('writes the statement that loads a version', () => {
    expect(loadStatement('weather_2015-12-31_daily')).toBe('df = mlnb.load("weather_2015-12-31_daily")');
  });
});
