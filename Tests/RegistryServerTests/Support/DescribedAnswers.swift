import ConfigModel
import HTTPTypes
import RE2Patterns
import SchemaValidation
import Synchronization
import TestSupport
import Testing

/// Compares what the server sends with `schemas/openapi.yaml`: every response that a test of this target sees is described.
final class DescribedAnswers: Sendable {
    static let ofThisRepository = Result { DescribedAnswers(try APIDescription()) }

    private let description: APIDescription
    private let compiled = Mutex<[String: JSONSchema]>([:])

    private init(_ description: APIDescription) { self.description = description }

    /// A request as a test sent it.
    struct Sent {
        let method: HTTPRequest.Method
        let uri: String
        let body: String?
        let mediaType: String?

        var path: Substring { uri.prefix { $0 != "?" } }
    }

    /// What about a response is not as it is described.
    func faults(of answer: Answer, to request: Sent) throws -> [String] {
        guard let calls = description.calls(ofPath: request.path) else {
            return try problemFaults(of: answer, in: nil)
        }
        let method = request.method == .head ? .get : request.method
        guard let call = calls[method.rawValue] else { return try problemFaults(of: answer, in: nil) }
        guard let response = description.response(of: call, status: answer.status) else {
            return ["\(call.name) does not describe the status \(answer.status)"]
        }
        var faults = headerFaults(of: answer, in: response)
        if answer.status < 300 {
            faults += try requestFaults(request, call)
        } else if answer.status >= 400, request.method != .head {
            faults += try problemFaults(of: answer, in: response)
        }
        if request.method != .head { faults += try bodyFaults(of: answer, in: response) }
        return faults
    }

    private func bodyFaults(of answer: Answer, in response: APIDescription.Response) throws -> [String] {
        guard !answer.text.isEmpty else { return [] }
        let type = Self.mediaType(answer.header("Content-Type"))
        guard let schema = response.bodies[type] else { return ["\(response.name) has no body of the type '\(type)'"] }
        guard type == "application/json" || type.hasSuffix("+json") else { return [] }
        return try violations(of: schema, named: "\(response.name) \(type)", in: answer.text)
    }

    /// What a call took fits what is described that it takes.
    private func requestFaults(_ request: Sent, _ call: APIDescription.Call) throws -> [String] {
        guard let body = request.body, !body.isEmpty, let type = request.mediaType.map(Self.mediaType) else {
            return []
        }
        guard let schema = call.bodies[type] else { return ["\(call.name) takes no body of the type '\(type)'"] }
        return try violations(of: schema, named: "\(call.name) request \(type)", in: body)
    }

    /// - Parameter response: nil where only the general form of a problem is described.
    private func problemFaults(of answer: Answer, in response: APIDescription.Response?) throws -> [String] {
        guard let type = answer.problem else { return [] }
        guard let response else {
            return try violations(of: description.schema("Problem"), named: "Problem", in: answer.text)
        }
        return response.text.contains("`\(type)`") ? [] : ["\(response.name) does not name the problem '\(type)'"]
    }

    private func violations(of schema: JSONValue, named name: String, in text: String) throws -> [String] {
        let schema = try schemaNamed(name, schema)
        // Deeper and larger than what the registry takes: it is compared as it was sent.
        let value = try JSONValue(parsing: Array(text.utf8), limits: JSONLimits(maximumDepth: 200))
        return try schema.violations(in: value, atMost: 3).map { "\(name): \($0.pointer) \($0.message)" }
    }

    private func schemaNamed(_ name: String, _ schema: JSONValue) throws -> JSONSchema {
        if let known = compiled.withLock({ $0[name] }) { return known }
        let made = try JSONSchema(description.standalone(schema), patterns: RE2Patterns())
        compiled.withLock { $0[name] = made }
        return made
    }

    /// What every response of an HTTP server may have.
    private static let common: Set<String> = [
        "content-type", "content-length", "date", "connection", "cache-control", "transfer-encoding", "server",
    ]

    private func headerFaults(of answer: Answer, in response: APIDescription.Response) -> [String] {
        let described = Set(response.headers.map { $0.lowercased() })
        let sent = Set(answer.headers.map { $0.name.canonicalName })
        return sent.subtracting(Self.common).subtracting(described).sorted()
            .map { "\(response.name) does not describe the header \($0)" }
    }

    private static func mediaType(_ header: String?) -> String {
        String((header ?? "").prefix { $0 != ";" }).lowercased()
    }
}

extension Answer {
    /// Records what about the response is not as it is described.
    func requireDescribed(_ request: DescribedAnswers.Sent) throws {
        for fault in try DescribedAnswers.ofThisRepository.get().faults(of: self, to: request) {
            Issue.record("schemas/openapi.yaml: \(request.method) \(request.uri.prefix(200)): \(fault)")
        }
    }
}
