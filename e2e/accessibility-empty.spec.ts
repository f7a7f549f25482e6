import { testEmptyAccessibility } from './accessibility-tests';

testEmptyAccessibility();
