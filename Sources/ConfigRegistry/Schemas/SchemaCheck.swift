import ChangeChecks
import ConfigModel
import ConfigStore

/// Checks every version against the schema of its service, and every schema against the heads of its service.
struct SchemaCheck: ChangeCheck {
    /// So many findings about one document are enough to work on.
    static let findingsOfOneDocument = 100
    /// So many about each other environment.
    static let findingsOfOthers = 5
    /// What a check may do where the write runs: some milliseconds' worth.
    private static let smallWork = 50_000

    let schemas: Schemas

    func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport {
        if change.draft.key.isSchema { return try await reportOnSchema(change) }
        guard !change.draft.key.isReserved, let schema = try await schemas.schema(for: change) else {
            return CheckReport()
        }
        let judgement = SchemaJudgement(schema: schema, override: .document, counters: schemas.heads.counters)
        switch schema.checks {
        case .each: return CheckReport(findings: try await own(change, judgement))
        case .merged:
            guard change.draft.key.environment == DocumentKey.defaultEnvironment else {
                return CheckReport(findings: try await merged(change, judgement))
            }
            return CheckReport(findings: try await own(change, judgement) + others(change, judgement))
        }
    }

    /// The document alone.
    private func own(
        _ change: CheckedChange, _ judgement: SchemaJudgement
    ) async throws(RegistryError) -> [CheckFinding] {
        guard !change.isDeletion else { return [] }
        return try await findings(in: change, over: nil, judgement)
    }

    /// Most documents are checked at once. What turns out to be costly, small as it may be, is begun anew where it holds up no
    /// other service.
    private func findings(
        in change: CheckedChange, over base: Content?, _ judgement: SchemaJudgement
    ) async throws(RegistryError) -> [CheckFinding] {
        if base?.bytes.count ?? 0 <= CheckRunner.smallBytes, !change.isOnCheckThread {
            do throws(RegistryError) {
                return try judgement.findings(
                    in: change.content, over: try base?.readContent(), atMost: Self.findingsOfOneDocument,
                    work: Self.smallWork)
            } catch {
                guard case .tooMuchWork = error else { throw error }
            }
        }
        return try await schemas.threads.run(for: change) { () async throws(RegistryError) in
            try judgement.findings(
                in: change.content, over: try base?.readContent(), atMost: Self.findingsOfOneDocument)
        }
    }

    /// The document over the default one.
    private func merged(
        _ change: CheckedChange, _ judgement: SchemaJudgement
    ) async throws(RegistryError) -> [CheckFinding] {
        guard !change.isDeletion else { return [] }
        let service = change.draft.key.service
        if let base = change.companions[try SchemaHeads.defaultKey(of: service)] {
            return try await findings(in: change, over: base.content, judgement)
        }
        let remembered = try await schemas.heads.base(of: service, isFresh: false)
        if try await findings(in: change, over: remembered?.content, judgement).isEmpty { return [] }
        // A refusal rests on a read that began after the request came in.
        let fresh = try await schemas.heads.base(of: service, isFresh: true)
        return try await findings(in: change, over: fresh?.content, judgement)
    }

    /// Every other environment's document over a new default one, or alone when that is deleted.
    private func others(
        _ change: CheckedChange, _ judgement: SchemaJudgement
    ) async throws(RegistryError) -> [CheckFinding] {
        let base = change.isDeletion ? nil : change.content
        let service = change.draft.key.service
        let end = ContinuousClock.now + SchemaTrial.timeLimit
        var findings: [CheckFinding] = []
        try await schemas.heads.read(of: service) { page throws(RegistryError) in
            // What is stored together with it is checked by itself.
            for record in page.map(\.record)
            where record.key != change.draft.key && change.companions[record.key] == nil {
                guard ContinuousClock.now < end else { throw SchemaTrial.tooLong(service) }
                findings += try await schemas.threads.run(for: change) { () async throws(RegistryError) in
                    try judgement.findings(
                        in: try record.content.readContent(), over: base, environment: record.key.environment,
                        atMost: Self.findingsOfOthers)
                }
            }
        }
        return findings
    }

    /// A schema: it must compile, and all heads must fit it.
    private func reportOnSchema(_ change: CheckedChange) async throws(RegistryError) -> CheckReport {
        guard !change.isDeletion else { return CheckReport() }
        let service = change.draft.key.service
        let schema = try await schemas.compiled.candidate(change.draft.content, for: change)
        let verdicts = try await schemas.trial(of: schema, override: .breaks)
            .headVerdicts(of: service, among: change.companions)
        var warnings = schema.warnings
        if let head = change.headContent, let old = try? SchemaDocument(json: head) {
            let document = try SchemaDocument(stored: change.draft.content)
            warnings += SchemaCompatibility.warnings(from: old, to: document)
        }
        return CheckReport(findings: verdicts.flatMap(\.findings), warnings: warnings)
    }
}

extension SchemaDocument {
    /// Reads what a version of `~schema` says.
    init(stored content: Content) throws(RegistryError) {
        do {
            try self.init(content)
        } catch {
            throw .invalidSchema([SchemaProblem(pointer: "", message: "\(error)")])
        }
    }
}

extension CompanionDrafts.Outcome {
    /// The content; nil for a deletion.
    var content: Content? {
        if case .content(let content) = self { content } else { nil }
    }
}
