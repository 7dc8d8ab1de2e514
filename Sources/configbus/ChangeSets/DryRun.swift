import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// A plan that is shown and not made, with what the registry would say of it.
struct DryRun {
    let plan: ChangePlan
    let reason: ChangeReasonOptions

    /// Prints the plan and what speaks against it.
    ///
    /// - Throws: the exit code 1 when something does.
    func conclude(_ client: RegistryClient, _ output: OutputOptions) async throws {
        let options = try reason.options()
        let objections = try await Objections.to(plan, options, client)
        let shown = plan.hiding(objections.findings + objections.warnings, options.overrides)
        CheckWarnings.say(objections.warnings)
        try output.print(json(shown, objections)) {
            let lines = objections.lines.map(ControlCharacters.escaped)
            return ([shown.text(for: .output)] + lines).joined(separator: "\n")
        }
        guard objections.isEmpty else { throw ExitCode.refused }
    }

    private func json(_ plan: ChangePlan, _ objections: Objections) -> JSONValue {
        guard case .object(var object) = plan.json else { return plan.json }
        object["valid"] = .bool(objections.isEmpty)
        object["findings"] = .array(objections.findings.map(\.json))
        if !objections.problems.isEmpty { object["problems"] = .array(objections.problems.map(\.json)) }
        if !objections.warnings.isEmpty { object["warnings"] = .array(objections.warnings.map(\.json)) }
        if objections.hidden > 0 { object["hidden"] = .number(JSONNumber(objections.hidden)) }
        return .object(object)
    }
}

/// What speaks against a plan.
struct Objections {
    /// Changes that cannot be made whatever is overridden.
    var problems: [PlanFault] = []
    var findings: [DocumentFinding] = []
    var warnings: [DocumentFinding] = []
    /// How many findings there are in environments that the caller may not read.
    var hidden: Int64 = 0

    var isEmpty: Bool { problems.isEmpty && findings.isEmpty && hidden == 0 }

    /// For people.
    var lines: [String] {
        problems.map { "\($0.key.title): \($0.message)" } + findings.map(\.line)
            + (hidden > 0 ? [HiddenDocuments.found(hidden, beside: findings.count)] : [])
    }

    /// Asks the registry about each change; what it cannot say of one change alone is found here.
    static func to(
        _ plan: ChangePlan, _ options: WriteOptions, _ client: RegistryClient
    ) async throws -> Objections {
        var objections = Objections(problems: plan.faults)
        let schemas = try await PlannedSchemas.of(plan, client)
        // What lets a schema pass counts for the whole plan; a document alone has no such finding.
        var own = options
        own.overrides = try CheckOverrides(options.overrides.names.filter { $0 != "schema-breaks" })
        for step in plan.changing {
            if let mismatch = step.mismatch {
                objections.problems.append(PlanFault(mismatch, of: step.key))
            }
            guard !step.key.isReserved else { continue }
            try await objections.add(step, own, client, hasOwnSchema: schemas.covers(step.key.service))
        }
        objections.add(try await schemas.check(options.overrides, client))
        return objections
    }

    /// Takes what others speak against it.
    mutating func add(_ other: Objections) {
        problems += other.problems
        findings += other.findings
        warnings += other.warnings
        hidden += other.hidden
    }

    private mutating func add(
        _ step: PlannedChange, _ options: WriteOptions, _ client: RegistryClient, hasOwnSchema: Bool
    ) async throws {
        func isAsked(_ finding: CheckFinding) -> Bool {
            // A deletion has nothing but its comment and its author.
            guard step.content != nil else { return finding.check == .secret && !finding.pointer.hasPrefix("/") }
            return finding.check != .schema || !hasOwnSchema
        }
        let verdict =
            if let content = step.content {
                try await client.validate(content, as: step.key, options)
            } else {
                try await client.validate(.merge(JSONObject()), of: step.key, options)
            }
        findings += verdict.errors.filter(isAsked).map { DocumentFinding(key: step.key, finding: $0) }
        warnings += verdict.warnings.filter(isAsked).map { DocumentFinding(key: step.key, finding: $0) }
        if step.content != nil, !hasOwnSchema { hidden += verdict.hidden }
    }
}
