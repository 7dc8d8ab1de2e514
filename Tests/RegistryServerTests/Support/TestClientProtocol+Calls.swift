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
        return Answer(
            try await executeRequest(
                uri: uri, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) }))
    }

    func get(_ uri: String, headers: [String: String] = [:]) async throws -> Answer {
        try await call(.get, uri, headers: headers)
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
