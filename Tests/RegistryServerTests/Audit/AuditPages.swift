import ConfigModel
import Testing

@testable import RegistryServer

/// Reads `GET /api/audit` to its end.
struct AuditPages {
    /// Sends a request for a page.
    let get: (String) async throws -> Answer

    /// Every entry as `service/environment@version`, and how many each page had.
    func read(_ query: String) async throws -> (changes: [String], sizes: [Int]) {
        var changes: [String] = []
        var sizes: [Int] = []
        var next: String? = "/api/audit?\(query)"
        while let path = next {
            let answer = try await get(path)
            try #require(answer.status == 200, "\(path): \(answer.text)")
            changes += answer.list.map(Self.name)
            sizes.append(answer.list.count)
            next = Self.next(answer)
        }
        return (changes, sizes)
    }

    /// The target of the `Link` header.
    static func next(_ answer: Answer) -> String? {
        answer.header("Link").flatMap { $0.firstMatch(of: /<([^>]*)>; rel="next"/).map { String($0.1) } }
    }

    private static func name(_ entry: JSONObject) -> String {
        func text(_ name: String) -> String {
            switch entry[name] {
            case .string(let text)?: text
            case let value: value?.description ?? "?"
            }
        }
        return "\(text("service_name"))/\(text("environment"))@\(text("version"))"
    }
}
