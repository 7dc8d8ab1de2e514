import AsyncSupport
import ChangeChecks
import ConfigModel
import ConfigStore

/// Checks every version against the schema of its service, and every schema against the heads of its service.
struct SchemaCheck: ChangeCheck {
    /// So many findings about one document are enough to work on.
    static let findingsOfOneDocument = 100
    /// So many about each other environment.
    static let findingsOfOthers = 5

    let schemas: Schemas

    func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport {
        if change.draft.key.isSchema {
            return try await withTaskExecutorPreference(schemas.threads) { () async throws(RegistryError) in
                try await reportOnSchema(change)
            }
        }
        guard !change.draft.key.isReserved, let schema = try await schemas.schema(for: change) else {
            return CheckReport()
        }
        let judgement = SchemaJudgement(schema: schema, override: .document)
        switch schema.checks {
        case .each: return CheckReport(findings: try own(change, judgement))
        case .merged:
            guard change.draft.key.environment == DocumentKey.defaultEnvironment else {
                return CheckReport(findings: try await merged(change, judgement))
            }
            return try await withTaskExecutorPreference(schemas.threads) { () async throws(RegistryError) in
                CheckReport(findings: try own(change, judgement) + (try await others(change, judgement)))
            }
        }
    }

    /// The document alone.
    private func own(_ change: CheckedChange, _ judgement: SchemaJudgement) throws(RegistryError) -> [CheckFinding] {
        guard !change.isDeletion else { return [] }
        return try judgement.findings(in: change.content, over: nil, atMost: Self.findingsOfOneDocument)
    }

    /// The document over the default one.
    private func merged(
        _ change: CheckedChange, _ judgement: SchemaJudgement
    ) async throws(RegistryError) -> [CheckFinding] {
        guard !change.isDeletion else { return [] }
        let service = change.draft.key.service
        if let base = change.companions[try SchemaHeads.defaultKey(of: service)] {
            return try judgement.findings(
                in: change.content, over: try base.readContent(), atMost: Self.findingsOfOneDocument)
        }
        for isFresh in [false, true] {
            let base = try await schemas.heads.base(of: service, isFresh: isFresh)
            let findings = try judgement.findings(
                in: change.content, over: try base?.readContent(), atMost: Self.findingsOfOneDocument)
            // A refusal rests on a read that began after the request came in.
            if findings.isEmpty || isFresh { return findings }
        }
        return []
    }

    /// Every other environment's document over a new default one, or alone when that is deleted.
    private func others(
        _ change: CheckedChange, _ judgement: SchemaJudgement
    ) async throws(RegistryError) -> [CheckFinding] {
        let base = change.isDeletion ? nil : change.content
        var findings: [CheckFinding] = []
        try await schemas.heads.read(of: change.draft.key.service) { page throws(RegistryError) in
            // What is stored together with it is checked by itself.
            for record in page.map(\.record)
            where record.key != change.draft.key && change.companions[record.key] == nil {
                findings += try judgement.findings(
                    in: try record.readContent(), over: base, environment: record.key.environment,
                    atMost: Self.findingsOfOthers)
            }
        }
        return findings
    }

    /// A schema: it must compile, and all heads must fit it.
    private func reportOnSchema(_ change: CheckedChange) async throws(RegistryError) -> CheckReport {
        guard !change.isDeletion else { return CheckReport() }
        let document = try SchemaDocument(stored: change.draft.content)
        let schema = try schemas.compiled.schema(document)
        let trial = SchemaTrial(
            heads: schemas.heads, judgement: SchemaJudgement(schema: schema, override: .breaks))
        let verdicts = try await trial.headVerdicts(of: change.draft.key.service, among: change.companions)
        var warnings = schema.warnings
        if let head = change.headContent, let old = try? SchemaDocument(json: head) {
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
    /// The content as a value; nil for a deletion.
    func readContent() throws(RegistryError) -> JSONObject? {
        guard case .content(let content) = self else { return nil }
        do {
            return try content.object
        } catch {
            throw .unavailable("A content of the change set cannot be read: \(error)")
        }
    }
}
