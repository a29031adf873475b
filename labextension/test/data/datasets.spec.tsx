import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { DatasetInfo } from '../../src/api/schema';
import { Datasets } from '../../src/data/datasets';
import { DatasetsModel } from '../../src/data/model';
import { ProjectModel } from '../../src/experiments/model';
import { Text } from '../../src/text';
import { dataset, FakeClient, project } from '../fake';

const text = new Text(nullTranslator);

async function draw(answer: DatasetInfo[] | Error, canInsert = true, initialised = true) {
  const client = new FakeClient();
  client.datasetsAnswer = answer instanceof Error ? answer : { datasets: answer };
  client.projectAnswer = project({ initialised });
  const place = new ProjectModel({ client, where: () => '' });
  const model = new DatasetsModel({ client, where: () => '' });
  await place.refresh();
  await model.refresh();
  const insert = vi.fn();
  render(<Datasets project={place} model={model} text={text} canInsert={canInsert} insert={insert} />);
  return insert;
}

describe('Datasets', () => {
  it('tells date, rows and features of each version, and loads one', async () => {
    const versions = [dataset(), dataset({ ref: 'w2', date: '2014-12-31', rows: 1, newest: false })];
    const insert = await draw(versions);
    expect(document.querySelector('.mlnb-Dataset h4')?.textContent).toBe('weather 2 versions');
    const rows = [...document.querySelectorAll('.mlnb-DatasetVersion-facts')];
    expect(rows.map(each => [...each.children].map(fact => fact.textContent))).toEqual([
      ['2015-12-31', 'newest', '1,461 rows', 'daily'],
      ['2014-12-31', '1 row', 'daily']
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Load w2 in the notebook' }));
    expect(insert).toHaveBeenCalledWith(versions[1]);
  });

  it('says which file is not registered, and how to', async () => {
    await draw([dataset({ sha256: '', rows: 0 })]);
    const version = document.querySelector('.mlnb-DatasetVersion')!;
    expect(version.textContent).toContain('not registered');
    expect(version.getAttribute('title')).toBe(
      'Register it with: mlnb data add data/weather_2015-12-31_daily.csv'
    );
  });

  it('inserts nothing where no notebook is open', async () => {
    await draw([dataset()], false);
    expect(screen.getByRole<HTMLButtonElement>('button').disabled).toBe(true);
  });

  it.each([
    [[], true, 'No datasets yet: save one in a notebook with mlnb.save(df, …)'],
    [[], false, 'Datasets appear here once the folder is a project.']
  ])('has a sentence for an empty list', async (answer, initialised, sentence) => {
    await draw(answer, true, initialised);
    expect(screen.getByRole('status').textContent).toBe(sentence);
  });

  it('says what went wrong', async () => {
    await draw(new Error('The record is broken.'));
    expect(screen.getByRole('alert').textContent).toContain('The record is broken.');
  });
});
