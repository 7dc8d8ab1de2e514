package import ConfigModel

extension RegistryCounters {
    /// In how many writes each check found something.
    package struct Checks: Sendable, Equatable {
        /// What became of it.
        package enum Result: String, Sendable, CaseIterable {
            /// The write was refused.
            case refused
            /// The version was stored, because its author let the findings pass.
            case overridden
            /// The version was stored, and its author has the warnings.
            case warned
        }

        private var counts: [Result: [CheckFinding.Check: Int]] = [:]

        /// In how many writes this check had this result.
        package func count(_ check: CheckFinding.Check, _ result: Result) -> Int { counts[result]?[check] ?? 0 }

        /// Counts one write for each check that has one of the findings.
        mutating func note(_ findings: [CheckFinding], _ result: Result) {
            for check in Set(findings.map(\.check)) { counts[result, default: [:]][check, default: 0] += 1 }
        }

        /// Counts a version that was stored.
        mutating func note(overridden: [CheckFinding], warnings: [CheckFinding]) {
            note(overridden, .overridden)
            note(warnings, .warned)
        }
    }
}
