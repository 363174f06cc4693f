-- Drives by the speeds the file states, a hundred times slower: OSRM keeps time in tenths of a
-- second for each segment, and so rounds ours to thousandths.
api_version = 4

function setup()
  return {
    properties = {
      weight_name = 'duration',
      u_turn_penalty = 0,
      max_speed_for_map_matching = 60,
      continue_straight_at_waypoint = false,
      use_turn_restrictions = true,
    },
    restrictions = { 'motorcar', 'motor_vehicle', 'vehicle' },
    slower = 100,
  }
end

function process_node() end

function process_way(profile, way, result)
  local forward = tonumber(way:get_value_by_key('bench:forward')) or 0
  local backward = tonumber(way:get_value_by_key('bench:backward')) or 0
  result.forward_mode = forward > 0 and mode.driving or mode.inaccessible
  result.backward_mode = backward > 0 and mode.driving or mode.inaccessible
  if forward > 0 then result.forward_speed = forward / profile.slower end
  if backward > 0 then result.backward_speed = backward / profile.slower end
end

function process_turn(_, turn)
  turn.duration = 0
  turn.weight = 0
end

return { setup = setup, process_way = process_way, process_node = process_node,
         process_turn = process_turn }
