package import ConfigStore

/// Whether a registry can write what its store takes.
package struct SigningStatus: Sendable, Equatable {
    /// What the store said last.
    package let rule: SigningRule
    /// The registry has a key.
    package let signs: Bool

    /// Puts both together.
    package init(rule: SigningRule, signs: Bool) {
        self.rule = rule
        self.signs = signs
    }

    /// True when every write is refused.
    package var isKeyMissing: Bool { rule == .required && !signs }

    /// One sentence that says what to do; nil when nothing is missing.
    package var problem: String? {
        guard isKeyMissing else { return nil }
        return
            "The store takes signed versions only and this registry has no signing key: it serves reads and refuses every "
            + "write. Start it with --signing-key FILE, or take unsigned versions again with 'configbus admin signing --off'."
    }
}
