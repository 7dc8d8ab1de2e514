import ConfigModel
import HTTPTypes
import HummingbirdTesting

extension TestClientProtocol {
    /// `POST /api/changesets` with these documents, each as JSON.
    func publishSet(
        _ documents: [String], more: String = "", headers: [String: String] = [:]
    ) async throws -> Answer {
        try await call(
            .post, "/api/changesets", #"{"documents":[\#(documents.joined(separator: ","))]\#(more)}"#, headers: headers
        )
    }
}

extension Answer {
    /// The records of a change set.
    var records: [JSONObject] { objects("records") }

    /// `0 404 unknown`: what is wrong with the members of a change set.
    var memberProblems: [String] {
        objects("problems").map { problem in
            let (index, status) = (problem["index"]?.description ?? "", problem["status"]?.description ?? "")
            guard case .string(let type)? = problem["type"] else { return "\(index) \(status)" }
            return "\(index) \(status) \(type)"
        }
    }

    func objects(_ name: String) -> [JSONObject] {
        guard case .array(let entries)? = self[name] else { return [] }
        return entries.compactMap { if case .object(let object) = $0 { object } else { nil } }
    }
}
