/** Names the policy of a route; a route without one keeps the application from starting. */
import { Reflector } from '@nestjs/core';
import type { PolicyName } from './policies.js';

/** `@Policy('plan.edit')` on a controller's method, or on the controller for all of its methods. */
export const Policy = Reflector.createDecorator<PolicyName>();
