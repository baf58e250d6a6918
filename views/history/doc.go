// Package history writes what happened in sentences. Events are facts; here, and nowhere else, they
// become words. Who may see which event was decided before.
package history
