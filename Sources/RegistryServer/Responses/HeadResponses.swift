import ConfigModel
import ConfigRegistry
import HTTPTypes
import NIOCore
import RegistryAPI

/// Makes the responses to `GET` of a document.
struct HeadResponses: Sendable {
    private let registry: any RegistryReads
    private let forms: EncodedResponseCache<Form>

    init(registry: any RegistryReads) {
        self.registry = registry
        forms = EncodedResponseCache(bytes: 32 * 1_024 * 1_024) { Form($0, registry.statement(about: $0.epoch)) }
    }

    /// 304, the bare content, or the problem that says "deleted".
    ///
    /// - Parameter isShared: whether others will ask for the same object.
    func answer(
        _ head: HeadSnapshot, _ condition: ReadCondition, isShared: Bool = true
    ) throws(Problem) -> PreencodedResponse {
        let isLiving = !head.record.isTombstone
        let isKnown = condition.matches(head.etag, isLiving: isLiving)
        let statement = registry.statement(about: head.epoch)
        guard isKnown || isLiving else {
            let problem = Problem(.deletedDocument(head.record), epoch: head.epoch)
            throw statement.map { problem.with(.configEpochSignature, $0.headerValue) } ?? problem
        }
        let form = isShared ? forms.form(of: head) : Form(head, statement)
        return isKnown ? form.notModified : form.content
    }

    /// The bare content, nothing around it.
    static func content(_ content: Content, _ fields: HTTPFields) -> PreencodedResponse {
        var fields = fields
        fields.append(HTTPField(name: .contentType, value: "application/json"))
        fields.append(revalidate)
        return PreencodedResponse(.ok, fields, body: ByteBuffer(bytes: content.bytes))
    }

    static func notModified(_ fields: HTTPFields) -> PreencodedResponse {
        var fields = fields
        fields.append(revalidate)
        return PreencodedResponse(.notModified, fields, body: nil)
    }

    /// A cache must ask before it uses what it has.
    private static let revalidate = HTTPField(name: .cacheControl, value: "no-cache")
}

/// Both answers about a head. "Not modified" says as much about the version as its content does: a reader that has the
/// content from somewhere else learns that it is the true one.
private struct Form: Sendable {
    let content: PreencodedResponse
    let notModified: PreencodedResponse

    init(_ head: HeadSnapshot, _ statement: EpochStatement?) {
        let facts = HTTPFields(HeadFacts(head.record, epoch: head.epoch, statement: statement).headers)
        content = HeadResponses.content(head.record.content, facts)
        notModified = HeadResponses.notModified(facts)
    }
}
