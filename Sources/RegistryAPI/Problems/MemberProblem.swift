import ConfigModel

/// What is wrong with one member of a change set.
public struct MemberProblem: Sendable, Equatable {
    /// The member's place in the request, from 0.
    public let index: Int
    /// What is wrong with it.
    public let problem: Problem

    /// Puts both together.
    package init(index: Int, problem: Problem) {
        self.index = index
        self.problem = problem
    }
}

extension Problem {
    private static let problemsField = "problems"
    fileprivate static let indexField = "index"

    /// Of problems of several kinds the one that decides the status is the first in this order, in which a caller can do
    /// something about them.
    private static let statusOrder = [400, 403, 404, 409, 412, 413, 422]

    /// Refuses a change set for what is wrong with its members: its kind is that of the problem that counts first.
    ///
    /// - Parameters:
    ///   - found: everything that is wrong, at least one problem.
    ///   - count: how many members the set has.
    package init(_ found: [MemberProblem], ofMembers count: Int) {
        let sorted = found.enumerated().sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }
            .map(\.element)
        let leading = sorted.min { Self.rank($0.problem.status) < Self.rank($1.problem.status) }
        let members = Set(sorted.map(\.index)).count
        let detail = leading.map { " Document \($0.index): \($0.problem.detail ?? $0.problem.title)" } ?? ""
        self = Problem(
            leading?.problem.type ?? .invalid,
            "Nothing was stored: \(members) of \(count) documents of the change set \(members == 1 ? "was" : "were") refused.\(detail)"
        ).with(Self.problemsField, .array(sorted.map(\.json)))
    }

    /// What is wrong with the members of a change set; empty for any other problem.
    public var memberProblems: [MemberProblem] {
        guard case .array(let entries)? = members[Self.problemsField] else { return [] }
        return entries.compactMap { entry in
            guard case .object(var object) = entry, case .number(let number)? = object[Self.indexField],
                let index = number.int64.flatMap({ Int(exactly: $0) }), case .number(let status)? = object["status"],
                let status = status.int64.flatMap({ Int(exactly: $0) })
            else { return nil }
            object[Self.indexField] = nil
            return MemberProblem(index: index, problem: Problem(status: status, document: object))
        }
    }

    private static func rank(_ status: Int) -> Int { statusOrder.firstIndex(of: status) ?? statusOrder.count }
}

extension MemberProblem {
    fileprivate var json: JSONValue {
        var object = problem.document
        object[Problem.indexField] = .number(JSONNumber(Int64(index)))
        return .object(object)
    }
}

extension Problem {
    fileprivate var document: JSONObject {
        var object = members
        object["type"] = .string(type.name)
        object["title"] = .string(title)
        object["status"] = .number(JSONNumber(Int64(status)))
        object["detail"] = detail.map { .string($0) }
        return object
    }
}
