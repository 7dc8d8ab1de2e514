import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

/// Makes the responses to `GET` of a schema: the bare JSON Schema, with the facts that prove it in the headers.
///
/// `Config-Hash` is the hash of what is stored, `{"checks":...,"schema":...}` around the body: with `Config-Schema-Checks` a
/// reader makes it again.
struct SchemaResponses: Sendable {
    let registry: any RegistryReads

    /// 304, the schema, or the problem that says "deleted".
    func answer(_ record: VersionRecord, _ epoch: Epoch, _ condition: ReadCondition) throws -> Response {
        let statement = registry.statement(about: epoch)
        let isKnown = condition.matches(epoch.etag(record.version), isLiving: !record.isTombstone)
        guard isKnown || !record.isTombstone else {
            let problem = Problem(.deletedDocument(record), epoch: epoch)
            throw statement.map { problem.with(.configEpochSignature, $0.headerValue) } ?? problem
        }
        var fields = HTTPFields(HeadFacts(record, epoch: epoch, statement: statement).headers)
        guard !record.isTombstone else { return HeadResponses.notModified(fields).response }
        let document: SchemaDocument
        do {
            document = try SchemaDocument(record.content)
        } catch {
            throw Problem(
                .failed,
                "Version \(record.version) of the schema of \(record.key.service) cannot be read: \(error) A newer registry may have stored it."
            )
        }
        fields.append(contentsOf: HTTPFields(Self.facts(about: document)))
        if isKnown { return HeadResponses.notModified(fields).response }
        return HeadResponses.content(Content(canonical: document.schemaBytes), fields).response
    }

    private static func facts(about document: SchemaDocument) -> [(name: HeaderName, value: String)] {
        [(.configSchemaChecks, document.checks.rawValue), (.configSchemaHash, document.hash)]
    }
}
