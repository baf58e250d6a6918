package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"mooring/models/portal"
)

// config holds every setting. Defaults start a working portal on SQLite with no file and no
// environment.
type config struct {
	Addr        string            // ADDR: where to listen
	PublicURL   string            // PUBLIC_URL: how people reach it; https makes cookies secure
	DatabaseURL string            // DATABASE_URL: sqlite:PATH or postgres://…
	MigrateURL  string            // MIGRATE_DATABASE_URL: the owner of the tables on PostgreSQL, if another role
	SecretKey   string            // SECRET_KEY: at least 32 characters
	AgentBuilds string            // AGENT_BUILDS: the folder of the agents' software that devices download
	Proxies     []*net.IPNet      // TRUSTED_PROXIES: networks of proxies that say for whom they speak
	Agents      portal.AgentRules // AGENT_EVERY, AGENT_PAUSE: how often agents are asked to check in, and how often one may
	givenURL    bool              // DATABASE_URL was set
}

func configFrom(env func(string) string) (config, error) {
	c := config{
		Agents: portal.AgentRules{Every: 10 * time.Minute, CheckInEvery: time.Second},
		Addr:   or(env("ADDR"), ":8080"), PublicURL: env("PUBLIC_URL"), DatabaseURL: or(env("DATABASE_URL"), "sqlite:portal.db"),
		MigrateURL: env("MIGRATE_DATABASE_URL"), SecretKey: env("SECRET_KEY"), AgentBuilds: env("AGENT_BUILDS"), givenURL: env("DATABASE_URL") != "",
	}
	if c.PublicURL == "" {
		c.PublicURL = "http://localhost" + port(c.Addr)
	}
	for _, text := range strings.FieldsFunc(env("TRUSTED_PROXIES"), func(r rune) bool { return r == ',' || r == ' ' }) {
		_, network, err := net.ParseCIDR(text)
		if err != nil {
			return c, fmt.Errorf("TRUSTED_PROXIES: %q is not a network like 10.0.0.0/8", text)
		}
		c.Proxies = append(c.Proxies, network)
	}
	if info, err := os.Stat(c.AgentBuilds); c.AgentBuilds != "" && (err != nil || !info.IsDir()) {
		return c, fmt.Errorf("AGENT_BUILDS: %s is not a folder; `make agents` fills one", c.AgentBuilds)
	}
	if err := agentTimes(&c.Agents, env); err != nil {
		return c, err
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return c, fmt.Errorf("PUBLIC_URL %q is not an address like https://portal.example", c.PublicURL)
	}
	return c, nil
}

// agentTimes reads how often agents come.
func agentTimes(into *portal.AgentRules, env func(string) string) error {
	for name, place := range map[string]*time.Duration{"AGENT_EVERY": &into.Every, "AGENT_PAUSE": &into.CheckInEvery} {
		text := env(name)
		if text == "" {
			continue
		}
		d, err := time.ParseDuration(text)
		if err != nil || d <= 0 {
			return fmt.Errorf("%s: %q is not a time like 10m", name, text)
		}
		*place = d
	}
	return nil
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func port(addr string) string {
	if _, p, err := net.SplitHostPort(addr); err == nil && p != "80" {
		return ":" + p
	}
	return ""
}

func (c config) secure() bool { return strings.HasPrefix(c.PublicURL, "https://") }

// exposed reports whether passwords would cross a network in the clear.
func (c config) exposed() bool {
	host, _, err := net.SplitHostPort(c.Addr)
	ip := net.ParseIP(host)
	return !c.secure() && (err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()))
}

func (c config) sqlite() (path string, ok bool) { return strings.CutPrefix(c.DatabaseURL, "sqlite:") }

// keys are derived from SECRET_KEY; without it from a file beside the SQLite database, made on the
// first start and readable by its owner only.
func (c config) keys(demo bool) (portal.Keys, error) {
	if c.SecretKey != "" {
		return portal.NewKeys([]byte(c.SecretKey))
	}
	if demo {
		return portal.NewKeys([]byte("the demo world keeps no secrets: everybody knows them"))
	}
	path, ok := c.sqlite()
	if !ok {
		return portal.Keys{}, errors.New("set SECRET_KEY to at least 32 random characters: several portals on one database need the same one")
	}
	secret, err := secretBeside(path)
	if err != nil {
		return portal.Keys{}, err
	}
	return portal.NewKeys(secret)
}

func secretBeside(database string) ([]byte, error) {
	path := database + ".key"
	if have, err := os.ReadFile(path); err == nil || !errors.Is(err, os.ErrNotExist) {
		return have, err
	}
	raw := make([]byte, 48)
	if _, err := rand.Read(raw); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return os.ReadFile(path)
	}
	if err != nil {
		return nil, err
	}
	secret := []byte(base64.RawURLEncoding.EncodeToString(raw))
	_, err = f.Write(secret)
	return secret, errors.Join(err, f.Close())
}

// print writes what is in force, with the secrets hidden.
func (c config) print(out io.Writer) {
	hidden := "(a file beside the SQLite database)"
	if c.SecretKey != "" {
		hidden = "(set)"
	}
	fmt.Fprintf(out, "ADDR=%s\nPUBLIC_URL=%s\nTRUSTED_PROXIES=%s\nAGENT_EVERY=%s\nAGENT_PAUSE=%s\nDATABASE_URL=%s\nMIGRATE_DATABASE_URL=%s\nSECRET_KEY=%s\nAGENT_BUILDS=%s\n",
		c.Addr, c.PublicURL, strings.Trim(fmt.Sprint(c.Proxies), "[]"), c.Agents.Every, c.Agents.CheckInEvery, redacted(c.DatabaseURL), redacted(c.MigrateURL), hidden, c.AgentBuilds)
}

func redacted(address string) string {
	if address == "" || strings.HasPrefix(address, "sqlite:") {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return "(set, but not an address)"
	}
	query := u.Query()
	for _, secret := range []string{"password", "sslpassword"} {
		if query.Has(secret) {
			query.Set(secret, "xxxxx")
		}
	}
	u.RawQuery = query.Encode()
	return u.Redacted()
}
