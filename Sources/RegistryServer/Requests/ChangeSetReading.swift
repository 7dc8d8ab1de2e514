import ConfigModel
import ConfigRegistry
import RegistryAPI

/// A change set as a request describes it: what each document's change is to the registry, or what is wrong with it.
struct ChangeSetReading: Sendable {
    /// The members of a set that can be looked at further, and what is wrong with the others.
    struct Members {
        fileprivate(set) var accepted: [(index: Int, member: ChangeSetRequest.Member)] = []
        fileprivate(set) var problems: [MemberProblem] = []

        /// Refuses one that was accepted, by its place in the request.
        mutating func refuse(_ index: Int, _ problem: Problem) {
            accepted.removeAll { $0.index == index }
            problems.append(MemberProblem(index: index, problem: problem))
        }
    }

    let body: ChangeSetBody
    private let operations: [Result<ChangeRequest.Operation, Problem>?]

    /// How many documents it has.
    var count: Int { body.documents.count }

    /// Reads the patches.
    ///
    /// - Parameter work: what they are applied with, later.
    init(_ body: ChangeSetBody, _ limits: ContentLimits, _ work: RequestWork) {
        self.body = body
        operations = body.documents.map { document in
            document.change.map { change in
                Result { () throws(Problem) in try ChangeRequest.Operation(change.operation, limits, work) }
            }
        }
    }

    /// Has each document permitted, and sorts them.
    ///
    /// - Parameter permit: throws for a document that the caller may not change in this way; which way is nil where that
    ///   cannot be read.
    func members(permit: (DocumentKey, DocumentChange.Operation?) throws(Problem) -> Void) -> Members {
        var members = Members()
        for (index, (document, operation)) in zip(body.documents, operations).enumerated() {
            var found = document.problems
            if let key = document.key {
                do throws(Problem) {
                    try permit(key, document.change?.operation)
                } catch {
                    found.append(error)
                }
            }
            switch (document.change, operation) {
            case (_, .failure(let problem)?): found.append(problem)
            case (let change?, .success(let operation)?) where found.isEmpty:
                let member = ChangeSetRequest.Member(
                    operation, of: change.key, expected: change.expected.flatMap(Expectation.init))
                members.accepted.append((index, member))
            default: break
            }
            members.problems += found.map { MemberProblem(index: index, problem: $0) }
        }
        return members
    }
}

extension ChangeRequest.Operation {
    /// What a document's change is to the registry.
    fileprivate init(
        _ operation: DocumentChange.Operation, _ limits: ContentLimits, _ work: RequestWork
    ) throws(Problem) {
        switch operation {
        case .publish(let content): self = .publish(content, .createOrUpdate)
        case .patch(let patch):
            self = try PatchApplication(patch, bytes: patch.jsonBytes.count, limits: limits).operation(work)
        case .restore(let version): self = .rollback(toVersion: version)
        case .delete: self = .delete
        case .schema(let document): self = .publish(document.content, .createOrUpdate)
        }
    }
}
