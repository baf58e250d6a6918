package main

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
)

// kind is a kind of device as offices have them.
type kind struct{ name, group, os string }

var kinds = []kind{
	{"DESK", "Office", "Windows 11 24H2"},
	{"LAPTOP", "Mobile", "Windows 11 24H2"},
	{"DESK", "Office", "Windows 11 23H2"},
	{"FRONT", "Reception", "Windows 10 22H2"},
	{"LAPTOP", "Mobile", "macOS 15.3"},
	{"DESK", "Accounts", "Windows 11 24H2"},
	{"MEETING", "Office", "Windows 11 23H2"},
	{"SRV", "Servers", "Windows Server 2022"},
}

var versions = []string{"14.0.2", "14.0.2", "14.0.1", "14.0.2", "13.4.9"}

// newDevice makes up a device. Its id is its own for ever.
func newDevice(i int, prefix, groups string) *device {
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		panic("agents: no randomness: " + err.Error())
	}
	k := kinds[i%len(kinds)]
	d := &device{
		DeviceID: "dev-" + hex.EncodeToString(id), Name: fmt.Sprintf("%s%s-%04d", prefix, k.name, i+1),
		Group: k.group, OS: k.os, Version: versions[i%len(versions)],
	}
	if names := groupsIn(groups); len(names) > 0 {
		d.Group = strings.TrimSpace(names[i%len(names)])
	}
	return d
}

func groupsIn(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
}
