import ChangeChecks
package import ConfigModel
import ConfigStore

extension Registry {
    /// Puts a schema in force: the next version of a service's.
    ///
    /// It returns when every registry knows the schema, and after the heads were looked at once more: what was published in
    /// between and does not fit is named.
    ///
    /// - Throws: `.invalidSchema` with what is wrong first; `.schemaBreaks` with the heads that do not fit, unless the
    ///   override `schema-breaks` is given.
    package func putSchema(
        _ document: SchemaDocument, of service: String, expected: Expectation? = nil, origin: ChangeOrigin
    ) async throws(RegistryError) -> SchemaPublication {
        let key = try schemaKey(of: service)
        let request = ChangeRequest(
            .publish(document.content, .createOrUpdate), of: key, expected: expected, origin: origin)
        let published: Published
        do throws(RegistryError) {
            published = try await publish(request)
        } catch {
            throw try await refusal(of: document, of: service, error)
        }
        let verdicts = try await secondLook(at: [(document, service)], origin)
        return SchemaPublication(
            record: published.record, isReplay: published.isReplay, warnings: published.warnings,
            documentCount: verdicts.count, breaks: verdicts.filter { !$0.isValid })
    }

    /// Looks at the heads once more when every registry knows schemas that were stored: what was published in between was
    /// checked by the schemas before.
    func secondLook(
        at stored: [(document: SchemaDocument, service: String)], _ origin: ChangeOrigin
    ) async throws(RegistryError) -> [SchemaVerdict] {
        try await waitForOthers(origin)
        do throws(RegistryError) {
            var all: [SchemaVerdict] = []
            for (document, service) in stored {
                let schema = try await schemas.compiled.candidate(document.content, of: service)
                let found = try await verdicts(of: schema, on: service)
                survey.note(found, of: service)
                all += found
            }
            return all
        } catch {
            throw .outcomeUnknown(
                "The schema is in force, but the documents could not be looked at once more. \(error.detail)",
                changeID: origin.changeID)
        }
    }

    /// Ends a schema with a tombstone; nil when there is none.
    package func deleteSchema(
        of service: String, expected: Expectation? = nil, origin: ChangeOrigin
    ) async throws(RegistryError) -> Published? {
        let deleted = try await write(
            ChangeRequest(.delete, of: schemaKey(of: service), expected: expected, origin: origin))
        if deleted != nil { survey.note([], of: service) }
        return deleted
    }

    /// Says which documents fit a schema.
    ///
    /// - Parameters:
    ///   - candidate: another schema than the present one.
    ///   - checks: what is checked; nil for what is checked at present.
    ///   - history: how many versions of each document are looked at; 0 for the living heads alone.
    /// - Throws: `.unknownDocument` and `.deletedDocument` when there is no schema to check with.
    package func checkSchema(
        of service: String, candidate: JSONValue? = nil, checks: SchemaDocument.Checks? = nil, history: Int = 0
    ) async throws(RegistryError) -> SchemaReport {
        let present = try await presentSchema(of: service, isNeeded: candidate == nil)
        guard let schema = candidate ?? present?.document.schema else {
            throw .unknownDocument(try schemaKey(of: service))
        }
        let document = SchemaDocument(schema: schema, checks: checks ?? present?.document.checks ?? .each)
        let patterns = patterns
        let compiled = try await schemas.threads.run(for: service) { () async throws(RegistryError) in
            try ServiceSchema(document, patterns: patterns)
        }
        var warnings = compiled.warnings
        if let present, candidate != nil {
            warnings += SchemaCompatibility.warnings(from: present.document, to: document).map(\.shown)
        }
        let verdicts = try await schemas.trial(of: compiled, override: nil).verdicts(of: service, history: history)
        return SchemaReport(
            document: document, version: document == present?.document ? present?.version : nil, verdicts: verdicts,
            warnings: warnings)
    }

    /// Whether documents of a service are checked merged over the default environment's, so that who writes one learns
    /// something of that.
    package func mergesDefault(_ service: String) async throws(RegistryError) -> Bool {
        try await schemas.current(of: service)?.checks == .merged
    }

    /// What it knows about schemas at this moment.
    package var schemaStatus: SchemaStatus {
        SchemaStatus(
            services: schemas.table.count, brokenDocuments: survey.brokenCount,
            isCurrent: schemas.isProven(within: SchemaTable.lifetime))
    }

    func schemaKey(of service: String) throws(RegistryError) -> DocumentKey {
        do { return try SchemaDocument.key(of: service) } catch { throw .invalid("\(error)") }
    }

    private func verdicts(
        of schema: ServiceSchema, on service: String
    ) async throws(RegistryError) -> [SchemaVerdict] {
        try await schemas.trial(of: schema, override: .breaks).headVerdicts(of: service)
    }

    /// Names the versions that do not fit, when this is why the schema was refused.
    private func refusal(
        of document: SchemaDocument, of service: String, _ error: RegistryError
    ) async throws(RegistryError) -> RegistryError {
        let override = SchemaJudgement.Override.breaks.rawValue
        guard case .checksFailed(_, let findings) = error, findings.allSatisfy({ $0.override == override }) else {
            return error
        }
        let schema = try await schemas.compiled.candidate(document.content, of: service)
        let breaks = try await verdicts(of: schema, on: service).filter { !$0.isValid }
        // The documents may have been changed since.
        return breaks.isEmpty ? error : .schemaBreaks(service, breaks)
    }

    /// Every registry reads the store's state once a second, and finishes the writes that it has checked before.
    private func waitForOthers(_ origin: ChangeOrigin) async throws(RegistryError) {
        do {
            try await options.settleSchema()
        } catch {
            throw .outcomeUnknown(
                "The request ended before every registry knew the schema.", changeID: origin.changeID)
        }
    }

    private func presentSchema(
        of service: String, isNeeded: Bool
    ) async throws(RegistryError) -> (document: SchemaDocument, version: Int64)? {
        let key = try schemaKey(of: service)
        let head = try await head(of: key, HeadOptions(isFresh: true))?.record
        guard let head, !head.isTombstone else {
            guard isNeeded else { return nil }
            if let head { throw .deletedDocument(head) }
            throw .unknownDocument(key)
        }
        do {
            return (try SchemaDocument(head.content), head.version)
        } catch {
            guard isNeeded else { return nil }
            throw .unavailable("Version \(head.version) of the schema of \(service) cannot be read: \(error)")
        }
    }
}
