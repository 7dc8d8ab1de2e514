import ConfigModel
import HTTPTypes
import Hummingbird
import NIOCore

/// A refusal or failure as it goes to the caller: a problem document (RFC 9457).
struct Problem: Error, Sendable {
    let type: ProblemType
    /// One sentence that says what to do.
    let detail: String
    /// Further members of the document.
    var members: [(name: String, value: JSONValue)] = []
    /// Further headers of the answer.
    var headers = HTTPFields()
    /// True when the rest of the request cannot be read any more.
    var closesConnection = false

    init(_ type: ProblemType, _ detail: String) {
        self.type = type
        self.detail = detail
    }

    func with(_ name: String, _ value: Int64) -> Problem {
        with(name, .number(JSONNumber(value)))
    }

    func with(_ name: String, _ value: String) -> Problem {
        with(name, .string(value))
    }

    func with(_ header: HTTPField.Name, _ value: String) -> Problem {
        var problem = self
        problem.headers[header] = value
        return problem
    }

    func with(_ headers: HTTPFields) -> Problem {
        var problem = self
        problem.headers.append(contentsOf: headers)
        return problem
    }

    func with(_ name: String, _ value: JSONValue) -> Problem {
        var problem = self
        problem.members.append((name, value))
        return problem
    }
}

extension Problem {
    /// The problem document.
    var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { document in
            document.member("type", type.rawValue)
            document.member("title", type.title)
            document.member("status", type.status.code)
            document.member("detail", detail)
            for member in members { document.member(member.name, member.value) }
        }
        return writer.bytes
    }

    var response: Response {
        var headers = headers
        headers[.contentType] = "application/problem+json"
        headers[.cacheControl] = "no-store"
        if let seconds = type.retryAfter { headers[.retryAfter] = String(seconds) }
        if closesConnection { headers[.connection] = "close" }
        return Response(
            status: type.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: jsonBytes)))
    }
}
