import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// A plan that is shown and not made, with what the registry would say of it.
struct DryRun {
    let plan: ChangePlan
    let options: WriteOptions

    /// Prints the plan and what speaks against it.
    ///
    /// - Throws: the exit code 1 when something does.
    func conclude(_ client: RegistryClient, _ output: OutputOptions) async throws {
        try conclude(try await Objections.to(plan, options, client), output)
    }

    /// Prints the plan and what speaks against it, as it was found.
    ///
    /// - Throws: the exit code 1 when something does.
    func conclude(_ objections: Objections, _ output: OutputOptions) throws {
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

    /// How many changes the registry is asked about at a time.
    private static let callsUnderWay = 32

    /// Asks the registry about each change; what it cannot say of one change alone is found here.
    ///
    /// - Parameter step: called after each change.
    static func to(
        _ plan: ChangePlan, _ options: WriteOptions, _ client: RegistryClient,
        step: @escaping @Sendable () -> Void = {}
    ) async throws -> Objections {
        var objections = Objections(problems: plan.faults)
        let schemas = try await PlannedSchemas.of(plan, client)
        // What lets a schema pass counts for the whole plan; a document alone has no such finding.
        var own = options
        own.overrides = try CheckOverrides(options.overrides.names.filter { $0 != "schema-breaks" })
        let found = try await plan.changing.concurrentMap(atMost: callsUnderWay) { [own] change in
            defer { step() }
            return try await Self.to(change, own, client, hasOwnSchema: schemas.covers(change.key.service))
        }
        for found in found { objections.add(found) }
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

    private static func to(
        _ step: PlannedChange, _ options: WriteOptions, _ client: RegistryClient, hasOwnSchema: Bool
    ) async throws -> Objections {
        var objections = Objections()
        if let mismatch = step.mismatch { objections.problems = [PlanFault(mismatch, of: step.key)] }
        guard !step.key.isReserved else { return objections }
        func isAsked(_ finding: CheckFinding) -> Bool {
            // A deletion has nothing but its comment and its author.
            guard step.content != nil else { return finding.check == .secret && !finding.pointer.hasPrefix("/") }
            return finding.check != .schema || !hasOwnSchema
        }
        let verdict: ValidationReport
        do throws(RegistryClientError) {
            verdict =
                if let content = step.content {
                    try await client.validate(content, as: step.key, options)
                } else {
                    try await client.validate(.merge(JSONObject()), of: step.key, options)
                }
        } catch {
            // One that the registry cannot even look at hides nothing of the others.
            guard error.isAboutTheDocument else { throw error }
            objections.problems.append(PlanFault(refusing: step.key, error))
            return objections
        }
        objections.findings = verdict.errors.filter(isAsked).map { DocumentFinding(key: step.key, finding: $0) }
        objections.warnings = verdict.warnings.filter(isAsked).map { DocumentFinding(key: step.key, finding: $0) }
        if step.content != nil, !hasOwnSchema { objections.hidden = verdict.hidden }
        return objections
    }
}
