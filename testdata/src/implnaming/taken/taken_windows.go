package main

var _ MoveActivities = mover{}
