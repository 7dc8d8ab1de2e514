import HTTPTypes
import Hummingbird
import HummingbirdTesting

extension TestClientProtocol {
    /// Any call.
    func call(
        _ method: HTTPRequest.Method, _ uri: String, _ body: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if body != nil, fields[.contentType] == nil { fields[.contentType] = "application/json" }
        let answer = Answer(
            try await executeRequest(
                uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) }))
        try answer.requireDescribed(
            DescribedAnswers.Sent(method: method, uri: uri, body: body, mediaType: fields[.contentType]))
        return answer
    }

    func get(_ uri: String, headers: [String: String] = [:]) async throws -> Answer {
        try await call(.get, uri, headers: headers)
    }

    /// Publishes a version, and gets nothing but its identity back: a server that cuts clients which take nothing would
    /// otherwise cut this one, on a slow machine, while it waits for a large answer.
    func fill(_ method: HTTPRequest.Method, _ document: String, _ content: String) async throws {
        let answer = try await call(
            method, "/api/configs/\(document)", "{\"config_data\":\(content)}", headers: ["Prefer": "return=minimal"])
        guard (200...201).contains(answer.status) else { throw UnexpectedAnswer(answer: answer) }
    }

    /// Creates a document with this content.
    @discardableResult
    func create(_ document: String, _ content: String = "{}") async throws -> Answer {
        try await call(.post, "/api/configs/\(document)", "{\"config_data\":\(content),\"created_by\":\"test\"}")
    }

    /// Gives a document its next version.
    @discardableResult
    func update(_ document: String, _ content: String) async throws -> Answer {
        try await call(.put, "/api/configs/\(document)", "{\"config_data\":\(content),\"created_by\":\"test\"}")
    }

    @discardableResult
    func delete(_ document: String) async throws -> Answer {
        try await call(.delete, "/api/configs/\(document)")
    }
}

/// A call that a test needs was refused.
struct UnexpectedAnswer: Error {
    let answer: Answer
}
