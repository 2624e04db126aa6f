import Syncing
import Vocabulary

// What is on the line, and when the county is asked next.
extension Texts {
    static func line(_ state: LinkProgress.State?) -> String {
        guard let state else { return "没有在传" }
        return switch state.direction {
        case .sending:
            state.have == 0
                ? "账本 \(size(state.total ?? 0))，正在送"
                : "账本 \(size(state.total ?? 0))，上次已送到 \(size(state.have))"
        case .receiving: "名册或政策，已收到 \(size(state.have))"
        }
    }

    static func next(_ plan: CourierPlan?, unsent: Int, now: Instant) -> String {
        guard let plan else { return "没有开自动上报，请按“现在上报”" }
        let after = plan.failures == 0 ? "" : "，已试 \(plan.failures) 次没有连上，断点续传"
        if plan.isDue(at: now, unsent: unsent) { return "马上" + after }
        if plan.notBefore > now { return "\(moment(plan.notBefore, now: now)) 以后" + after }
        return "有新账时"
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1_024 ? "\(bytes) 字节" : "\((bytes + 512) / 1_024) KB"
    }
}
