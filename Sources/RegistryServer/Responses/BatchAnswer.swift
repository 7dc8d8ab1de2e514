import ConfigModel
import ConfigRegistry
import HTTPTypes

/// What is said about one of many documents: the status that `GET` would have, and the whole record, tombstones included,
/// what proves the version that the reader has, or a problem document.
enum BatchAnswer {
    case record(HeadSnapshot)
    case notModified(HeadSnapshot)
    case problem(Problem)

    init(_ item: BatchRequest.Item, _ head: Registry.HeadResult, epoch: Epoch) {
        switch head {
        case .success(let head?): self = head.etag == item.etag ? .notModified(head) : .record(head)
        case .success(nil): self = .problem(Problem(.unknownDocument(item.request.key), epoch: epoch))
        case .failure(let error): self = .problem(Problem(error, epoch: epoch))
        }
    }

    /// How much content goes with it.
    var contentBytes: Int {
        if case .record(let head) = self { head.record.content.bytes.count } else { 0 }
    }

    func append(to list: inout JSONWriter) {
        list.object { answer in
            switch self {
            case .record(let head):
                answer.member("status", 200)
                answer.member("etag", head.etag)
                answer.member("epoch", head.epoch.description)
                answer.member("record", verbatim: head.record.jsonBytes)
            case .notModified(let head):
                answer.member("status", 304)
                answer.member("etag", head.etag)
                answer.member("version", head.record.version)
                answer.member("change_type", head.record.changeType.rawValue)
                answer.member("content_hash", head.record.content.hash)
                answer.member("record_hash", head.record.recordHash)
                answer.member("record_epoch", head.record.epoch.description)
            case .problem(let problem):
                answer.member("status", problem.type.status.code)
                answer.member("problem", verbatim: problem.jsonBytes)
            }
        }
    }
}
