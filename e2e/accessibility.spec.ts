import { testAccessibility } from './accessibility-tests';

testAccessibility();
