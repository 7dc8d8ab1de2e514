import ConfigModel

extension PlannedChange {
    /// The same without the values of secrets.
    func hiding(_ secrets: FoundSecrets) -> PlannedChange {
        var step = self
        step.changes = secrets.hidden(in: changes)
        return step
    }
}

extension ChangePlan {
    /// The same without the values of secrets.
    ///
    /// - Parameter findings: what was found in its documents.
    func hiding(_ findings: [DocumentFinding], _ overrides: CheckOverrides) -> ChangePlan {
        var plan = self
        let findings = Dictionary(grouping: findings, by: \.key)
        plan.steps = steps.map { step in
            step.hiding(FoundSecrets(findings[step.key, default: []].map(\.finding), overrides))
        }
        return plan
    }
}
