import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import NIOCore

/// Makes the answers to `GET` of a document.
struct HeadAnswers: Sendable {
    private let contents = HeadForms(bytes: 32 * 1_024 * 1_024) { content($0) }

    /// 304, the bare content, or the problem that says "deleted".
    ///
    /// - Parameter isShared: whether others will ask for the same object.
    func answer(
        _ head: HeadSnapshot, _ condition: ReadCondition, isShared: Bool = true
    ) throws(Problem) -> Response {
        let isLiving = !head.record.isTombstone
        if condition.matches(head.etag, isLiving: isLiving) {
            return Self.notModified(HeadFields.identity(of: head.record, epoch: head.epoch))
        }
        guard isLiving else { throw Problem(.deletedDocument(head.record), epoch: head.epoch) }
        return isShared ? contents.form(of: head) : Self.content(head)
    }

    private static func content(_ head: HeadSnapshot) -> Response {
        content(head.record.content, HeadFields.facts(of: head.record, epoch: head.epoch))
    }

    /// The bare content, nothing around it.
    static func content(_ content: Content, _ fields: HTTPFields) -> Response {
        var fields = fields
        fields.append(HTTPField(name: .contentType, value: "application/json"))
        fields.append(revalidate)
        return Response(
            status: .ok, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content.bytes)))
    }

    static func notModified(_ fields: HTTPFields) -> Response {
        var response = Response(status: .notModified, headers: fields)
        response.headers.append(revalidate)
        // A 304 may only say the length that a 200 would have.
        response.headers[.contentLength] = nil
        return response
    }

    /// A cache must ask before it uses what it has.
    private static let revalidate = HTTPField(name: .cacheControl, value: "no-cache")
}
