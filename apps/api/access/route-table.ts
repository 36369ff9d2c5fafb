/** Every route of the application with its policy: refuses a route without one, feeds the navigation and the access tests. */
import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { PolicyName } from './policies.js';
import { Policy } from './policy.decorator.js';

export interface RouteEntry {
  /** 'GET', 'POST', … */
  method: string;
  /** The path with its parameters, for example '/plans/:year/:plan'. */
  path: string;
  policy: PolicyName;
}

type Handler = (...inputs: never[]) => unknown;

@Injectable()
export class RouteTable implements OnModuleInit {
  private entries: RouteEntry[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error that names every route without a policy */
  onModuleInit(): void {
    const withoutPolicy: string[] = [];
    for (const { metatype, instance } of this.discovery.getControllers()) {
      if (!metatype || !instance) continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, Handler>;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        if (!handler || Reflect.getMetadata(METHOD_METADATA, handler) === undefined) continue;
        const policy = this.reflector.getAllAndOverride(Policy, [handler, metatype as Handler]) as PolicyName | undefined;
        if (policy) this.entries.push(...routesOf(metatype as Handler, handler, policy));
        else withoutPolicy.push(`${metatype.name}.${name}`);
      }
    }
    if (withoutPolicy.length > 0) throw new Error(`Every route names its policy with @Policy(…). Without one: ${withoutPolicy.join(', ')}`);
  }

  /** All routes; the tests walk route × role with them. */
  all(): readonly RouteEntry[] {
    return this.entries;
  }

  /** The policy of the page at this address, or null when there is no such page. */
  policyOfPage(path: string): PolicyName | null {
    return this.entries.find((entry) => entry.method === 'GET' && entry.path === path)?.policy ?? null;
  }
}

function routesOf(controller: Handler, handler: Handler, policy: PolicyName): RouteEntry[] {
  const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
  const paths = (target: Handler): string[] => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
  return paths(controller).flatMap((start) =>
    paths(handler).map((end) => ({
      method,
      path: `/${[start, end]
        .map((part) => part.replace(/^\/|\/$/g, ''))
        .filter(Boolean)
        .join('/')}`,
      policy,
    })),
  );
}
