package import ConfigModel

/// What checks say about a version before it is signed and stored.
package struct CheckReport: Sendable, Equatable {
    /// What speaks against storing it, unless the author overrides it.
    package var findings: [CheckFinding]
    /// What the author should know, and what stores it all the same.
    package var warnings: [CheckFinding]

    /// Nothing by default.
    package init(findings: [CheckFinding] = [], warnings: [CheckFinding] = []) {
        self.findings = findings
        self.warnings = warnings
    }
}
