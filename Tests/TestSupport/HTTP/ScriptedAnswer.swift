/// What a scripted server does with a request.
package struct ScriptedAnswer: Sendable {
    package enum Step: Sendable {
        /// Sends bytes as they are.
        case send([UInt8])
        /// Ends the connection.
        case hangUp
        /// Says nothing more and keeps the connection.
        case stayOpen
    }

    package let steps: [Step]

    package init(_ steps: [Step]) { self.steps = steps }

    /// Ends the connection without a word.
    package static let hangUp = ScriptedAnswer([.hangUp])

    /// Never answers.
    package static let silence = ScriptedAnswer([.stayOpen])

    /// A whole response.
    package static func answer(
        _ status: Int, _ headers: [String: String] = [:], _ body: [UInt8] = []
    ) -> ScriptedAnswer {
        ScriptedAnswer([.send(head(status, headers, length: status == 304 ? nil : body.count) + body)])
    }

    /// A JSON answer.
    package static func json(
        _ status: Int, _ body: String, _ headers: [String: String] = [:], type: String = "application/json"
    ) -> ScriptedAnswer {
        answer(status, headers.merging(["Content-Type": type]) { first, _ in first }, Array(body.utf8))
    }

    /// A problem document.
    package static func problem(
        _ status: Int, _ type: String, _ detail: String = "A sentence.", more: String = "",
        headers: [String: String] = [:]
    ) -> ScriptedAnswer {
        json(
            status, #"{"type":"\#(type)","title":"T","status":\#(status),"detail":"\#(detail)"\#(more)}"#, headers,
            type: "application/problem+json")
    }

    /// The beginning of an event stream; what follows is not framed.
    package static func stream(_ steps: [Step]) -> ScriptedAnswer {
        ScriptedAnswer([.send(head(200, ["Content-Type": "text/event-stream"], length: nil))] + steps)
    }

    private static func head(_ status: Int, _ headers: [String: String], length: Int?) -> [UInt8] {
        var lines = ["HTTP/1.1 \(status) Scripted"] + headers.map { "\($0.key): \($0.value)" }.sorted()
        if let length {
            lines.append("Content-Length: \(length)")
        } else if status == 200 {
            lines.append("Connection: close")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
