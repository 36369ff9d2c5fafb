/** A route that names no policy keeps the application from starting. */
import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Post } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Policy } from '../../../apps/api/access/policy.decorator.js';
import { RouteTable } from '../../../apps/api/access/route-table.js';

@Controller('/open')
class WithPolicies {
  @Get()
  @Policy('public')
  look(): void {}

  @Post(':id/comments')
  @Policy('plan.comment')
  comment(): void {}
}

@Controller('/forgotten')
class WithoutPolicy {
  @Get()
  look(): void {}
}

async function start(controllers: (typeof WithPolicies | typeof WithoutPolicy)[]): Promise<RouteTable> {
  const module = await Test.createTestingModule({ imports: [DiscoveryModule], controllers, providers: [RouteTable] }).compile();
  await module.init();
  return module.get(RouteTable);
}

describe('the route table', () => {
  it('lists every route with its policy', async () => {
    const table = await start([WithPolicies]);
    expect(table.all()).toEqual([
      { method: 'GET', path: '/open', policy: 'public' },
      { method: 'POST', path: '/open/:id/comments', policy: 'plan.comment' },
    ]);
    expect(table.policyOfPage('/open')).toBe('public');
    expect(table.policyOfPage('/nowhere')).toBeNull();
  });

  it('refuses to start with a route that names no policy, and says which', async () => {
    await expect(start([WithPolicies, WithoutPolicy])).rejects.toThrow('WithoutPolicy.look');
  });
});
