// Package home holds the dashboard: what there is, what needs somebody today, and what happened last.
package home
